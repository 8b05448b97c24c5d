package org.largevae.datasets.files;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.DataFile;
import org.largevae.api.dataset.DataFiles;
import org.largevae.api.files.FailureText;
import org.largevae.api.files.FileNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a file in this order: embedded in a jar, in the folders, in the cache, and last at its
 * published addresses, from where it is downloaded into the cache.
 *
 * <p>Below each folder and the cache two places count, a {@code .gz} name also without its ending:
 * {@code FOLDER/NAME}, then {@code NAME}. A file at the first place with other content than the
 * published is an error, never passed over: a silent download in its stead would hide that the
 * user's own copy is damaged. At the second place it is passed over with a warning, because there a
 * name does not tell the dataset: MNIST and Fashion-MNIST have files of the same names. A file
 * whose SHA-256 is not known counts at the first place alone, and is never downloaded.
 */
public final class StandardDataFiles implements DataFiles {
  private static final Logger LOGGER = LoggerFactory.getLogger(StandardDataFiles.class);
  private static final String EMBEDDED = "org/largevae/datasets/";
  private static final String PACKED = ".gz";

  private final DataLocations places;
  private final Downloader downloader;

  /**
   * Finds files in the given places.
   *
   * @param places where to look
   * @param downloader gets what is not there, unless the places say offline
   */
  public StandardDataFiles(DataLocations places, Downloader downloader) {
    this.places = Objects.requireNonNull(places, "places is null");
    this.downloader = Objects.requireNonNull(downloader, "downloader is null");
  }

  @Override
  public byte[] read(DataFile file) {
    URL embedded = embedded(file);
    if (embedded != null) {
      return verified(content(embedded::openStream, embedded.toString(), file), embedded, file);
    }
    List<String> strangers = new ArrayList<>();
    for (Candidate candidate : candidates(file)) {
      if (candidate.isNamed()) {
        return verified(content(candidate, file), candidate.path(), file);
      }
      Optional<byte[]> content = unnamed(candidate, file, strangers::add);
      if (content.isPresent()) {
        return content.get();
      }
    }
    strangers.forEach(stranger -> warn(file, stranger));
    return download(file, strangers);
  }

  @Override
  public Optional<String> locate(DataFile file) {
    URL embedded = embedded(file);
    if (embedded != null) {
      return Optional.of(readable(embedded));
    }
    return candidates(file).stream()
        .filter(
            candidate ->
                candidate.isNamed() || unnamed(candidate, file, stranger -> {}).isPresent())
        .map(candidate -> candidate.path().toString())
        .findFirst();
  }

  @Override
  public Path resolve(String path) {
    try {
      return places.base().resolve(path).normalize();
    } catch (InvalidPathException invalid) {
      throw new DataException(
          "\""
              + path
              + "\" is not a path on this system: "
              + invalid.getReason()
              + FileNames.advice(),
          invalid);
    }
  }

  /** An existing file that may be the one; {@code isNamed} if its folder says so too. */
  private record Candidate(Path path, boolean isNamed) {}

  private List<Candidate> candidates(DataFile file) {
    return Stream.concat(places.folders().stream(), Stream.of(places.cache()))
        .flatMap(place -> Stream.of(place.resolve(file.folder()), place))
        .flatMap(folder -> names(file).map(folder::resolve))
        .filter(Files::isRegularFile)
        .map(path -> new Candidate(path, path.getParent().endsWith(file.folder())))
        .filter(candidate -> candidate.isNamed() || file.sha256().isPresent())
        .distinct()
        .toList();
  }

  private static Stream<String> names(DataFile file) {
    String name = file.name();
    return file.isPacked()
        ? Stream.of(name, name.substring(0, name.length() - PACKED.length()))
        : Stream.of(name);
  }

  private URL embedded(DataFile file) {
    return places.resources().getResource(EMBEDDED + file.folder() + "/" + file.name());
  }

  /** A candidate whose folder does not name the dataset is judged by its content alone. */
  private static Optional<byte[]> unnamed(
      Candidate candidate, DataFile file, Consumer<String> passedOver) {
    try {
      Content content = content(candidate, file);
      if (content.is(file)) {
        return Optional.of(content.bytes());
      }
      passedOver.accept(candidate.path() + " (its content has SHA-256 " + content.sha256() + ")");
    } catch (DataException unreadable) {
      passedOver.accept(unreadable.getMessage());
    }
    return Optional.empty();
  }

  private static void warn(DataFile file, String stranger) {
    LOGGER.warn("passed over as {}/{}: {}", file.folder(), file.name(), stranger);
  }

  private byte[] download(DataFile file, List<String> strangers) {
    if (places.offline() || file.addresses().isEmpty() || file.sha256().isEmpty()) {
      throw new DataException(missing(file, strangers));
    }
    Path target = places.cache().resolve(file.folder()).resolve(file.name());
    downloader.download(file, target);
    Candidate downloaded = new Candidate(target, true);
    return verified(content(downloaded, file), target, file);
  }

  private String missing(DataFile file, List<String> strangers) {
    Path place = places.folders().isEmpty() ? places.cache() : places.folders().get(0);
    String published = addresses(file);
    return String.format(
        Locale.ROOT,
        "%s is not on this machine and %s: put %s%s%s into %s%s%s",
        file.folder() + "/" + file.name(),
        published.isEmpty()
            ? "cannot be downloaded"
            : file.sha256().isEmpty() ? "has to be fetched by hand" : "downloading is switched off",
        file.name(),
        published.isEmpty() ? "" : ", published at " + published + ",",
        file.size().isEmpty()
            ? ""
            : String.format(Locale.ROOT, " (%,d bytes)", file.size().getAsLong()),
        place.resolve(file.folder()),
        sha256(file),
        strangers.isEmpty() ? "" : "; passed over: " + String.join(", ", strangers));
  }

  private static String sha256(DataFile file) {
    String content = file.isPacked() ? "uncompressed content" : "content";
    return file.sha256()
        .map(known -> " (SHA-256 of its " + content + ": " + known + ")")
        .orElse("");
  }

  private static String addresses(DataFile file) {
    return file.addresses().stream().map(Object::toString).collect(Collectors.joining(" or "));
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  private static Content content(Candidate candidate, DataFile file) {
    return content(() -> Files.newInputStream(candidate.path()), candidate.path().toString(), file);
  }

  private static Content content(Source source, String name, DataFile file) {
    try {
      return Content.read(source.open(), file);
    } catch (IOException fault) {
      throw new DataException(
          name + ": cannot be read, replace it or remove it: " + FailureText.of(fault), fault);
    }
  }

  private static byte[] verified(Content content, Object place, DataFile file) {
    if (!content.is(file)) {
      String published = addresses(file);
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: is not the published %s/%s: the SHA-256 of its content is %s, expected %s;"
                  + " replace it%s or remove it",
              place,
              file.folder(),
              file.name(),
              content.sha256(),
              file.sha256().orElseThrow(),
              published.isEmpty() ? "" : " by the one at " + published + ","));
    }
    return content.bytes();
  }

  /** A jar's path rather than the address of an entry within. */
  private static String readable(URL resource) {
    String address = resource.toString();
    int entry = address.indexOf("!/");
    return entry < 0 ? address : address.substring(0, entry).replaceFirst("^jar:(file:)?", "");
  }
}
