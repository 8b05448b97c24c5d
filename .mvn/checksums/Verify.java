import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares artifacts with the SHA-256 that checksums.sha256 records for them. The build runs this
 * from its source: {@code java Verify.java LIST LOCAL_REPOSITORY [LIB]}. What the list names and
 * the local repository holds must have the recorded content; what the folder LIB holds, but for the
 * project's own jars, must be in the list too. Ends with 1 and one line for each fault.
 */
final class Verify {
  private static final String OWN = "vae-";
  private static final int HASH_LENGTH = 64;

  private Verify() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      throw new IllegalArgumentException("usage: Verify.java LIST LOCAL_REPOSITORY [LIB]");
    }
    Path list = Path.of(arguments[0]);
    Map<String, String> recorded = read(list);
    List<String> faults = differing(recorded, Path.of(arguments[1]));
    if (faults.isEmpty() && arguments.length > 2) {
      faults = unrecorded(recorded, Path.of(arguments[2]));
    }
    if (!faults.isEmpty()) {
      faults.forEach(System.err::println);
      System.err.println(
          list + " has the list; see docs/supply-chain.md before you trust or record any of them");
      System.exit(1);
    }
  }

  /** Lines as sha256sum writes them: the sum, two spaces, the path in the local repository. */
  private static Map<String, String> read(Path list) throws IOException {
    Map<String, String> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(list)) {
      recorded.put(line.substring(HASH_LENGTH + 2), line.substring(0, HASH_LENGTH));
    }
    return recorded;
  }

  private static List<String> differing(Map<String, String> recorded, Path repository) {
    return recorded.entrySet().parallelStream()
        .filter(entry -> Files.exists(repository.resolve(entry.getKey())))
        .filter(entry -> !sha256(repository.resolve(entry.getKey())).equals(entry.getValue()))
        .map(
            entry ->
                repository.resolve(entry.getKey())
                    + ": its content is not what was recorded; it is damaged or was replaced")
        .toList();
  }

  private static List<String> unrecorded(Map<String, String> recorded, Path folder)
      throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      return jars.filter(jar -> !jar.getFileName().toString().startsWith(OWN))
          .filter(jar -> !isRecorded(recorded, jar))
          .map(jar -> jar + ": this file with this content is not in the list")
          .sorted()
          .toList();
    }
  }

  private static boolean isRecorded(Map<String, String> recorded, Path jar) {
    String end = "/" + jar.getFileName();
    String sum = sha256(jar);
    return recorded.entrySet().stream()
        .anyMatch(entry -> entry.getKey().endsWith(end) && entry.getValue().equals(sum));
  }

  private static String sha256(Path file) {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException | NoSuchAlgorithmException failure) {
      throw new IllegalStateException(file + " cannot be read", failure);
    }
  }
}
