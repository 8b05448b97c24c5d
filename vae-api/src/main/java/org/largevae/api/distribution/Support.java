package org.largevae.api.distribution;

/** The space that the values of a distribution live in, and with respect to which it is dense. */
public enum Support {
  /** All of R^M; the density is with respect to Lebesgue measure. */
  REAL("all of R^M"),
  /** The unit sphere S^(M-1) in R^M; the density is with respect to its surface area. */
  SPHERE("the unit sphere in R^M");

  private final String description;

  Support(String description) {
    this.description = description;
  }

  /**
   * What the space is called in messages.
   *
   * @return for example {@code the unit sphere in R^M}
   */
  public String description() {
    return description;
  }
}
