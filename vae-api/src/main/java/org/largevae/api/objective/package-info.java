/**
 * Objectives: the loss that training minimises, made of the parts of the evidence lower bound. A
 * new one is one {@link org.largevae.api.objective.Objective}, one provider and one line in {@code
 * META-INF/services}.
 */
package org.largevae.api.objective;
