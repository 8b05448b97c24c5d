/**
 * Contract tests for components that others ship: a prior, likelihood, encoder, decoder or dataset
 * that passes them works in large-vae. Extend the contract of its kind, name the provider, and
 * JUnit 5 runs the tests:
 *
 * <pre>{@code
 * class LaplacePriorContractTest extends PriorContract {
 *   @Override
 *   protected PriorProvider<?> provider() {
 *     return new LaplacePriorProvider();
 *   }
 * }
 * }</pre>
 *
 * <p>A failing test says what to mend. Tests that build on something that another test found broken
 * are skipped, so that one fault shows as one failure. What a component rightly does not do is
 * opted out of by overriding a method such as {@link
 * org.largevae.testkit.LikelihoodContract#isNormalised()}.
 *
 * <p>What was not checked is told at the end of each contract, a line for each skipped test with
 * its reason, by the JDK's logger {@code org.largevae.testkit}.
 *
 * <p>The tests need DJL's PyTorch engine at run time. Which natives is the author's choice, so this
 * module brings none: add {@code ai.djl.pytorch:pytorch-engine}, {@code ai.djl.pytorch:pytorch-jni}
 * and {@code ai.djl.pytorch:pytorch-native-cpu} (with the classifier of the system) in the scope
 * {@code test}, and {@code org.junit.jupiter:junit-jupiter} to run. The tests tagged {@code gpu}
 * need CUDA natives and a GPU; they are skipped where there is none.
 *
 * <p>Tests of how components work together (training, checkpoints) live in vae-core.
 */
package org.largevae.testkit;
