package org.fondaco.api.story;

/** The story did not end as it must. */
public final class StoryFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoryFailed(String message) {
    super(message);
  }

  StoryFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
