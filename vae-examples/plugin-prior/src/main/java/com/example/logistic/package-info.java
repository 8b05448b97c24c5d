/** The prior {@code logistic}, a plugin for large-vae. Start at its provider. */
package com.example.logistic;
