package org.largevae.api.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 without the checked exception that no Java platform throws. */
public final class Sha256 {

  private Sha256() {}

  /**
   * An empty digest.
   *
   * @return to be fed and then given to {@link #hex(MessageDigest)}
   */
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * What a digest has come to.
   *
   * @param digest reset by this call
   * @return 64 lower-case hexadecimal digits
   */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * The SHA-256 of bytes.
   *
   * @param bytes all of them
   * @return 64 lower-case hexadecimal digits
   */
  public static String hex(byte[] bytes) {
    MessageDigest digest = start();
    digest.update(bytes);
    return hex(digest);
  }
}
