/**
 * What a person looks at after a run: figures as PNG and {@code report.html}. Everything is drawn
 * from {@link org.largevae.runner.report.ReportData}; nothing here computes a result.
 *
 * <p>Drawing needs no screen. Where {@code DISPLAY} names one that cannot be reached, Java has to
 * be told so with {@code -Djava.awt.headless=true}, as the {@code vae} command does.
 */
@Internal
package org.largevae.runner.report;

import org.largevae.api.Internal;
