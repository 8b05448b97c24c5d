package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

/** Columns of different numbers of levels. */
class OrderedLogitOfUnevenColumnsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new OrderedLogitProvider();
  }

  @Override
  protected String configuration() {
    return "";
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.ordinal(3);
  }

  @Override
  protected DataDescription description() {
    return DataDescription.of(
        List.of(
            new Column("a", ValueKinds.ordinal(2), true),
            new Column("b", ValueKinds.ordinal(5)),
            new Column("c", ValueKinds.ordinal(3), true)));
  }
}
