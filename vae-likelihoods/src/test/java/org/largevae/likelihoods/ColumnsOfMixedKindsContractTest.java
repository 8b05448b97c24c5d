package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

/** A table with columns of all kinds in no order. */
class ColumnsOfMixedKindsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new ColumnsProvider();
  }

  @Override
  protected String configuration() {
    return "gaussian.variance = column";
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.REAL;
  }

  @Override
  protected DataDescription description() {
    return DataDescription.of(
        List.of(
            new Column("a", ValueKinds.category(3), true),
            new Column("b", ValueKinds.REAL, true),
            new Column("c", ValueKinds.COUNT, true),
            new Column("d", ValueKinds.BINARY),
            new Column("e", ValueKinds.ordinal(4), true),
            new Column("f", ValueKinds.POSITIVE, true),
            new Column("g", ValueKinds.category(5), true),
            new Column("h", ValueKinds.REAL),
            new Column("i", ValueKinds.category(3), true)));
  }
}
