/**
 * What people look at after a run: figures as PNG, {@code report.html} and the comparison of a
 * sweep's runs. Everything is drawn from {@link org.largevae.runner.report.ReportData} and {@link
 * org.largevae.runner.report.ComparisonData}; nothing here computes a result.
 *
 * <p>Drawing needs no screen. If {@code DISPLAY} names one that cannot be reached, Java needs
 * {@code -Djava.awt.headless=true}, as the {@code vae} command does.
 */
@Internal
package org.largevae.runner.report;

import org.largevae.api.Internal;
