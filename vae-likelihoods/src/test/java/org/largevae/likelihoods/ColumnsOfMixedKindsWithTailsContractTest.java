package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

/** A table under the other likelihoods. */
class ColumnsOfMixedKindsWithTailsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new ColumnsProvider();
  }

  @Override
  protected String configuration() {
    return "real = student-t, count = zero-inflated-negative-binomial";
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.COUNT;
  }

  @Override
  protected DataDescription description() {
    return DataDescription.of(
        List.of(
            new Column("a", ValueKinds.COUNT, true),
            new Column("b", ValueKinds.REAL, true),
            new Column("c", ValueKinds.COUNT)));
  }
}
