/**
 * Tables whose columns are of different kinds: what each column holds, said by the configuration or
 * guessed from its cells; rows of text as numbers and back. Nothing here splits, trains or scores.
 */
@Internal
package org.largevae.core.table;

import org.largevae.api.Internal;
