package org.largevae.likelihoods;

import org.largevae.api.likelihood.LikelihoodProvider;

/** Makes {@link StudentT}: {@code likelihood { type = student-t, log-scale-min = -3 }}. */
public final class StudentTProvider extends LikelihoodProvider<StudentTSettings> {
  /** The name in configurations. */
  public static final String NAME = "student-t";

  /** Found by {@link java.util.ServiceLoader}. */
  public StudentTProvider() {
    super(
        NAME,
        "Independent Student t values, whose degrees of freedom the decoder gives too",
        StudentTSettings.class,
        StudentT::new);
  }
}
