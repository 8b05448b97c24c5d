package org.largevae.api.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.largevae.api.data.DataException;

class DecodingMemoryTest {

  @Test
  @Timeout(60)
  void imagesWaitUntilOthersAreDone() throws Exception {
    DecodingMemory memory = new DecodingMemory(1 << 20);
    AtomicInteger held = new AtomicInteger();
    CompletableFuture<Void> second;
    try (DecodingMemory.Reservation first = memory.reserve(600 << 10, "a.png")) {
      second =
          CompletableFuture.runAsync(
              () -> {
                try (DecodingMemory.Reservation other = memory.reserve(600 << 10, "b.png")) {
                  held.incrementAndGet();
                }
              });
      Thread.sleep(100);
      assertThat(held).hasValue(0);
    }
    second.get(30, TimeUnit.SECONDS);
    assertThat(held).hasValue(1);
  }

  @Test
  @Timeout(60)
  void manyImagesNeverTakeMoreThanThereIs() {
    DecodingMemory memory = new DecodingMemory(100 << 10);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i -> {
              int size = 1 + i % 60;
              try (DecodingMemory.Reservation reservation = memory.reserve(size << 10, "a.png")) {
                most.accumulateAndGet(now.addAndGet(size), Math::max);
                Thread.onSpinWait();
                now.addAndGet(-size);
              }
            });
    assertThat(most.get()).isBetween(1, 100);
  }

  @Test
  void whatNeverFitsIsRefused() {
    assertThatThrownBy(() -> new DecodingMemory(1 << 20).reserve(2 << 20, "a.png"))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("a.png: takes 2 MiB to decode and resize, more than the 1 MiB");
  }
}
