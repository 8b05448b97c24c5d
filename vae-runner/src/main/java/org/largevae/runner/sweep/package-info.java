/**
 * Many experiments at once: a sweep's file is read into a definition ({@link
 * org.largevae.runner.sweep.SweepReader}), planned into members that are all checked before the
 * first starts ({@link org.largevae.runner.sweep.SweepPlanner}), run as processes of their own
 * ({@link org.largevae.runner.sweep.SweepRunner}), and summarised in tables and {@code report.html}
 * ({@link org.largevae.runner.sweep.SweepSummary}). Training itself is not done here: a member is
 * an ordinary {@code vae train}.
 */
@Internal
package org.largevae.runner.sweep;

import org.largevae.api.Internal;
