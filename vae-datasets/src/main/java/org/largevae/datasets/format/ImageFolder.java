package org.largevae.datasets.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.largevae.api.data.DataException;
import org.largevae.api.data.DataShape;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.FileNames;
import org.largevae.api.files.Sha256;
import org.largevae.api.image.DecodingMemory;
import org.largevae.api.image.ImageFile;

/**
 * The PNG and JPEG images in a folder and the folders below it. Files whose names do not end in
 * {@code .png}, {@code .jpg} or {@code .jpeg}, or begin with a dot, are left out; of those without
 * a dot it can be said how many.
 */
public final class ImageFolder {
  private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg");

  private final Path folder;
  private final List<String> names;
  private final UnreadFiles leftOut;

  private ImageFolder(Path folder, List<String> names, UnreadFiles leftOut) {
    this.folder = folder;
    this.names = names;
    this.leftOut = leftOut;
  }

  /**
   * Decoded images.
   *
   * @param shape what each was brought to
   * @param size how many
   * @param pixels image by image, channel by channel, row by row; not copied
   * @param fingerprint the SHA-256 of a list with one line {@code SHA-256, two spaces, name} for
   *     each file, in order, as the tool {@code sha256sum} prints it
   */
  public record Contents(DataShape shape, int size, byte[] pixels, String fingerprint) {}

  /**
   * Finds the images. Links to files are followed, so that a selection of images need not be a
   * copy; links to folders are not, they may lead in circles.
   *
   * @param folder an existing folder
   * @param others files that are there for another purpose, and are not counted as left out
   * @return what it holds
   * @throws DataException if it holds no images, a link that leads nowhere or a name that cannot be
   *     read, or cannot be listed
   */
  public static ImageFolder open(Path folder, Collection<Path> others) {
    List<String> names = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    try {
      // The folder itself may be a link.
      Path root = folder.toRealPath();
      for (Path file : files(root)) {
        if (isImage(file)) {
          names.add(FileNames.within(root, file));
        } else if (!isAny(file, others)) {
          rest.add(file.getFileName().toString());
        }
      }
    } catch (IOException fault) {
      throw unreadable(folder, fault);
    } catch (UncheckedIOException fault) {
      throw unreadable(folder, fault.getCause());
    }
    UnreadFiles leftOut = UnreadFiles.of(rest);
    if (names.isEmpty()) {
      throw new DataException(
          folder
              + ": holds no .png, .jpg or .jpeg files, nor do the folders below it"
              + leftOut.text().map(text -> "; it has " + text).orElse(""));
    }
    names.sort(Comparator.naturalOrder());
    return new ImageFolder(folder, List.copyOf(names), leftOut);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> found = Files.walk(root)) {
      return found
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(ImageFolder::isFile)
          .toList();
    }
  }

  private static boolean isFile(Path path) {
    if (isImage(path) && Files.isSymbolicLink(path) && Files.notExists(path)) {
      throw new DataException(path + ": is a link that leads nowhere; mend it or remove it");
    }
    return Files.isRegularFile(path);
  }

  private static boolean isImage(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static boolean isAny(Path file, Collection<Path> others) throws IOException {
    for (Path other : others) {
      if (Files.isSameFile(file, other)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where the images are.
   *
   * @return the folder as it was given
   */
  public Path folder() {
    return folder;
  }

  /**
   * The images' paths within the folder.
   *
   * @return slashes between their parts, in the order of their characters; at least one
   */
  public List<String> names() {
    return names;
  }

  /**
   * Tells of files that are not read.
   *
   * @return one sentence with their number by ending, and what to do about pictures among them;
   *     empty if there are none
   */
  public Optional<String> leftOut() {
    return leftOut
        .text()
        .map(
            text ->
                String.format(
                    Locale.ROOT,
                    "%s: %d %s read; left out: %s",
                    folder,
                    names.size(),
                    names.size() == 1 ? "picture" : "pictures",
                    text));
  }

  /**
   * Decodes and resizes all images, on all processors.
   *
   * @param shape what each is brought to, of one or three channels
   * @return the pixels
   * @throws DataException if an image cannot be read or decoded, naming the first such one, or all
   *     together are too large for one array
   */
  public Contents decode(DataShape shape) {
    long length = (long) names.size() * shape.dimensions();
    if (length > Memory.LARGEST_ARRAY) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d images of %s do not fit into memory; choose a smaller width and height",
              folder,
              names.size(),
              shape));
    }
    byte[] pixels = new byte[(int) length];
    DecodingMemory memory = new DecodingMemory();
    List<Result> results =
        IntStream.range(0, names.size())
            .parallel()
            .mapToObj(i -> decode(names.get(i), shape, pixels, i * shape.dimensions(), memory))
            .toList();
    List<DataException> faults =
        results.stream().map(Result::fault).filter(Objects::nonNull).toList();
    if (!faults.isEmpty()) {
      throw all(faults);
    }
    MessageDigest fingerprint = Sha256.start();
    for (int i = 0; i < names.size(); i++) {
      String line = results.get(i).sha256() + "  " + names.get(i) + "\n";
      fingerprint.update(line.getBytes(StandardCharsets.UTF_8));
    }
    return new Contents(shape, names.size(), pixels, Sha256.hex(fingerprint));
  }

  /** The first fault, with the number of the others. */
  private DataException all(List<DataException> faults) {
    DataException first = faults.get(0);
    return faults.size() == 1
        ? first
        : new DataException(
            String.format(
                Locale.ROOT,
                "%s (%d of the %d images cannot be read; this is the first)",
                first.getMessage(),
                faults.size(),
                names.size()),
            first);
  }

  /** Either the file's hash or, so that always the first bad file is named, its fault. */
  private record Result(String sha256, DataException fault) {}

  private Result decode(
      String name, DataShape shape, byte[] pixels, int offset, DecodingMemory memory) {
    try {
      Path path = folder.resolve(name);
      byte[] content = ImageFile.read(path);
      ImageFile.decode(content, path.toString(), shape, pixels, offset, memory);
      return new Result(Sha256.hex(content), null);
    } catch (DataException fault) {
      return new Result(null, fault);
    }
  }

  private static DataException unreadable(Path path, IOException fault) {
    return new DataException(path + ": cannot be read: " + FailureText.of(fault), fault);
  }
}
