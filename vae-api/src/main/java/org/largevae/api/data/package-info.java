/**
 * What data are, to a model: the kinds of values, the description of an example, and a batch. Where
 * data come from is in {@link org.largevae.api.dataset}.
 */
package org.largevae.api.data;
