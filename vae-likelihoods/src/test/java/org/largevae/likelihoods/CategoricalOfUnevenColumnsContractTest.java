package org.largevae.likelihoods;

import java.util.List;
import org.largevae.api.data.Column;
import org.largevae.api.data.DataDescription;
import org.largevae.api.data.ValueKind;
import org.largevae.api.data.ValueKinds;
import org.largevae.api.likelihood.LikelihoodProvider;
import org.largevae.testkit.LikelihoodContract;

/** Columns of different numbers of categories. */
class CategoricalOfUnevenColumnsContractTest extends LikelihoodContract {
  @Override
  protected LikelihoodProvider<?> provider() {
    return new CategoricalProvider();
  }

  @Override
  protected String configuration() {
    return "";
  }

  @Override
  protected ValueKind kind() {
    return ValueKinds.category(3);
  }

  @Override
  protected DataDescription description() {
    return DataDescription.of(
        List.of(
            new Column("a", ValueKinds.category(2), true),
            new Column("b", ValueKinds.category(5)),
            new Column("c", ValueKinds.category(3), true)));
  }
}
