/**
 * What people look at after a run: figures as PNG and {@code report.html}. Everything is drawn from
 * {@link org.largevae.runner.report.ReportData}; nothing here computes a result.
 *
 * <p>Drawing needs no screen. If {@code DISPLAY} names one that cannot be reached, Java needs
 * {@code -Djava.awt.headless=true}, as the {@code vae} command does.
 */
@Internal
package org.largevae.runner.report;

import org.largevae.api.Internal;
