/**
 * What a person looks at after a run: figures as PNG and {@code report.html}. Everything is drawn
 * from {@link org.largevae.runner.report.ReportData}; nothing here computes a result.
 */
package org.largevae.runner.report;
