/** The prior {@code gaussian-mixture}, a plugin for large-vae. Start at its provider. */
package com.example.mixture;
