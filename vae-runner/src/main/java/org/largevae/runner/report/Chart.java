package org.largevae.runner.report;

import java.awt.image.BufferedImage;

/**
 * A drawn chart.
 *
 * @param image the chart
 * @param note what the axes leave out, one clause without a full stop; empty if they show all
 */
record Chart(BufferedImage image, String note) {}
