package org.largevae.datasets.format;

import java.io.IOException;
import java.io.Reader;

/**
 * Makes each run of blanks and tab stops between fields one blank and takes away those around a
 * line, so that a reader of separated values reads columns that are set apart by runs. What stands
 * in quotes stays, and so do lines of comments.
 */
final class WhitespaceRuns extends Reader {
  private static final int NONE = -1;

  private final Reader text;
  private final int comment;
  private boolean lineStart = true;
  private boolean inComment;
  private boolean quoted;
  private boolean afterQuote;
  private int held = NONE;

  /**
   * A filter.
   *
   * @param text buffered; closed with this
   * @param comment the character that begins a line of comment, or -1
   */
  WhitespaceRuns(Reader text, int comment) {
    this.text = text;
    this.comment = comment;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int next = next();
      if (next == NONE) {
        return count == 0 ? NONE : count;
      }
      target[offset + count++] = (char) next;
    }
    return count;
  }

  private int next() throws IOException {
    if (held != NONE) {
      int character = held;
      held = NONE;
      return character;
    }
    int character = text.read();
    boolean separated = false;
    while (!quoted && !inComment && (character == ' ' || character == '\t')) {
      separated = true;
      character = text.read();
    }
    if (character == NONE) {
      return NONE;
    }
    if (!quoted && (character == '\n' || character == '\r')) {
      lineStart = true;
      inComment = false;
      return character;
    }
    boolean first = lineStart;
    inComment |= first && character == comment;
    lineStart = false;
    follow(character, first || separated);
    if (separated && !first) {
      held = character;
      return ' ';
    }
    return character;
  }

  /** Quotes open at the start of a field, close at the next quote, and open again at a second. */
  private void follow(int character, boolean fieldStart) {
    boolean mark = character == '"' && !inComment;
    boolean closing = mark && quoted;
    quoted = mark ? !quoted && (fieldStart || afterQuote) : quoted;
    afterQuote = closing;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
