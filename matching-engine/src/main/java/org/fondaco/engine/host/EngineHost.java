package org.fondaco.engine.host;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.fondaco.engine.core.StateMachine;
import org.fondaco.engine.journal.FolderStorage;
import org.fondaco.engine.journal.Storage;
import org.fondaco.engine.readmodel.LiveReadModel;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * A running engine: recovery, pipeline, replica (ENGINE.md, Pipeline). Starting it opens the venue;
 * closing it drains what was accepted, proves the state, and gives the folder back.
 */
public final class EngineHost implements AutoCloseable {

  private final LiveReadModel readModel;
  private final Pipeline pipeline;

  private EngineHost(LiveReadModel readModel, Pipeline pipeline) {
    this.readModel = readModel;
    this.pipeline = pipeline;
  }

  /**
   * Recovers and opens.
   *
   * @param machines makes newborn machines; two are made, one for trading and one for the replica
   * @param projection gets every group above its watermark; not closed by the host
   * @throws IOException when the folder cannot be used ({@link Storage.FolderInUse}), is damaged
   *     (JournalDamaged), or has no room
   * @throws RecoveryFailed when what is in the folder cannot be replayed, or the projection is
   *     ahead of it
   */
  public static EngineHost start(
      HostConfig config, Supplier<StateMachine> machines, Projection projection)
      throws IOException {
    return start(config, new FolderStorage(config.folder()), machines, projection);
  }

  static EngineHost start(
      HostConfig config, Storage storage, Supplier<StateMachine> machines, Projection projection)
      throws IOException {
    LiveReadModel readModel = new LiveReadModel();
    OutputFeed feed = OutputFeed.of(readModel);
    return new EngineHost(readModel, Recovery.recover(config, storage, machines, projection, feed));
  }

  /** The way in for requests. */
  public EngineGateway gateway() {
    return pipeline.gateway();
  }

  /**
   * The way in for encoded commands.
   *
   * @param listener hears the outcomes of commands published with a correlation; one listener a
   *     host
   */
  public BulkIngress bulk(BulkIngress.Listener listener) {
    return pipeline.bulk(listener);
  }

  /** Adds a listener; it hears the groups that leave the gate from now on. */
  public void listen(GroupListener listener) {
    pipeline.listen(listener);
  }

  public ReadModel readModel() {
    return readModel;
  }

  /** What the start found. */
  public RecoveryReport recovery() {
    return pipeline.recovery();
  }

  /** Completes with the cause when the venue has to stop by itself; it then answers nobody. */
  public CompletableFuture<Throwable> halted() {
    return pipeline.halted();
  }

  /** Slots of the ingress ring. */
  public int ringSlots() {
    return pipeline.ringSlots();
  }

  /** Slots of the ingress ring that are claimed and not yet free; a moment's value. */
  public long ringSlotsUsed() {
    return pipeline.ringSlotsUsed();
  }

  /** False while orders are refused because the journal is at its limit or the disk is full. */
  public boolean hasRoom() {
    return pipeline.hasRoom();
  }

  /**
   * Tells how long each write and fdatasync of a group took, in nanoseconds, on the journal's
   * thread: the observer must neither block nor throw. One observer a host.
   */
  public void observeSyncs(LongConsumer observer) {
    pipeline.observeSyncs(observer);
  }

  /** Total length of the journal's files in bytes. */
  public long journalBytes() {
    return pipeline.journalBytes();
  }

  /**
   * Refuses new commands, drains and syncs the accepted ones, compares the live state with the
   * replica's, leaves a snapshot if the projection has everything, and releases the folder.
   *
   * @throws IllegalStateException when the two states or their events differ, or when the last
   *     commands could not be written: somebody has to look at the folder before it is used again;
   *     not when {@link #halted()} had told of the trouble before
   */
  @Override
  public void close() {
    pipeline.close();
  }
}
