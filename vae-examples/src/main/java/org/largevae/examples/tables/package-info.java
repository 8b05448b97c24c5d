/**
 * Measures and pictures of the examples on real tables, from the CSV files that the command writes.
 * Each program is described by a page of docs: {@link
 * org.largevae.examples.tables.AnomalyDetection} by anomaly-detection.md, {@link
 * org.largevae.examples.tables.FilledGaps} by imputation.md, {@link
 * org.largevae.examples.tables.CellTypes} by counts.md.
 */
package org.largevae.examples.tables;
