package org.fondaco.api.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.ExpandableArrayBuffer;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.protocol.EventCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventFeedTest {
  private static final String LOST = "lost";

  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
  private final EventCodec codec = new EventCodec();

  /** Writes what it hears; can be held back. */
  private static final class Listener implements GroupSubscriber {
    final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public void group(Group group) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      heard.add(group.sequence());
    }

    @Override
    public void lost() {
      heard.add(LOST);
    }

    Object next() throws InterruptedException {
      Object next = heard.poll(10, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      return next;
    }
  }

  private void send(EventFeed feed, long sequence) {
    int length =
        codec.encode(new EngineEvent.BalanceChanged(1_000, 1, sequence, 0), buffer, Integer.BYTES);
    buffer.putInt(0, length, ByteOrder.LITTLE_ENDIAN);
    feed.group(sequence, 7, buffer, 0, Integer.BYTES + length);
  }

  @Test
  void tellsEveryGroupInSequence() throws Exception {
    try (EventFeed feed = new EventFeed(1 << 16)) {
      Listener listener = new Listener();
      feed.subscribe(listener);
      List<Object> heard = new ArrayList<>();
      for (long i = 1; i <= 10_000; i++) {
        send(feed, i);
        if (i % 100 == 0) {
          for (int j = 0; j < 100; j++) {
            heard.add(listener.next());
          }
        }
      }
      assertThat(heard).isEqualTo(LongStream.rangeClosed(1, 10_000).boxed().toList());
      assertThat(feed.lostGroups()).isZero();
    }
  }

  @Test
  void tellsOfAGapAndGoesOnAfterIt() throws Exception {
    try (EventFeed feed = new EventFeed(1 << 10)) {
      Listener listener = new Listener();
      listener.gate = new CountDownLatch(1);
      feed.subscribe(listener);
      for (long i = 1; i <= 200; i++) {
        send(feed, i);
      }
      assertThat(feed.lostGroups()).isPositive();
      listener.gate.countDown();
      List<Object> heard = new ArrayList<>();
      while (!heard.contains(LOST)) {
        heard.add(listener.next());
      }
      while (feed.backlogBytes() > 0) {
        Thread.onSpinWait();
      }
      send(feed, 201);
      while (!heard.contains(201L)) {
        heard.add(listener.next());
      }
      assertThat(heard.indexOf(201L)).isGreaterThan(heard.indexOf(LOST));
    }
  }

  @Test
  void aFailingSubscriberStartsAnewAndTheOthersHearEverything() throws Exception {
    try (EventFeed feed = new EventFeed(1 << 16)) {
      BlockingQueue<String> restarted = new LinkedBlockingQueue<>();
      feed.subscribe(
          new GroupSubscriber() {
            @Override
            public void group(Group group) {
              throw new IllegalStateException("as the test wants");
            }

            @Override
            public void lost() {
              restarted.add(LOST);
            }
          });
      Listener listener = new Listener();
      feed.subscribe(listener);
      send(feed, 1);
      assertThat(listener.next()).isEqualTo(1L);
      assertThat(restarted.poll(10, TimeUnit.SECONDS)).isEqualTo(LOST);
    }
  }
}
