/** The Java that guides print, compiled and run word for word. Start at GuideCode. */
package org.largevae.testing.guide;
