package org.largevae.api.data;

import java.util.Optional;
import org.largevae.api.config.Setting;
import org.largevae.api.config.SettingsSchema;

/** The kinds of values that come with the library. */
public final class ValueKinds {
  /** 0 or 1. */
  public static final ValueKind BINARY = new Binary();

  /** One of the 256 values (pixel + 1/2) / 256, pixel = 0..255. */
  public static final ValueKind GREY_LEVEL = new GreyLevel();

  /** Any finite number. */
  public static final ValueKind REAL = new Real();

  /** Any finite number above 0. */
  public static final ValueKind POSITIVE = new Positive();

  /** 0, 1, 2 and so on. */
  public static final ValueKind COUNT = new Count();

  private static final float LEVELS = 256;

  /** In units of a grey level: float32 holds the middles of the levels exactly, a sum may not. */
  private static final float TOLERANCE = 1e-3f;

  private ValueKinds() {}

  /**
   * One of several categories without an order.
   *
   * @param categories how many, at least 2; values are 0 to categories - 1
   * @return the kind
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static ValueKind category(int categories) {
    return SettingsSchema.check(new Category(categories));
  }

  /**
   * One of several levels in their order.
   *
   * @param levels how many, at least 2; values are 0 to levels - 1
   * @return the kind
   * @throws IllegalArgumentException if there are fewer than 2
   */
  public static ValueKind ordinal(int levels) {
    return SettingsSchema.check(new Ordinal(levels));
  }

  /**
   * The settings record of a kind that comes with the library; its instances are {@link
   * ValueKind}s.
   *
   * @param name the kind's name
   * @return its schema; empty for any other name
   */
  public static Optional<SettingsSchema<? extends Record>> find(String name) {
    return switch (name) {
      case "binary" -> Optional.of(SettingsSchema.of(Binary.class));
      case "grey-level" -> Optional.of(SettingsSchema.of(GreyLevel.class));
      case "real" -> Optional.of(SettingsSchema.of(Real.class));
      case "positive" -> Optional.of(SettingsSchema.of(Positive.class));
      case "count" -> Optional.of(SettingsSchema.of(Count.class));
      case "category" -> Optional.of(SettingsSchema.of(Category.class));
      case "ordinal" -> Optional.of(SettingsSchema.of(Ordinal.class));
      default -> Optional.empty();
    };
  }

  /** 0, 1, 2 and so on up to a bound. */
  private interface WholeNumbers extends ValueKind {

    /** How many there are, perhaps infinitely many. */
    double values();

    @Override
    default boolean holds(float value) {
      return value >= 0 && value < values() && value == Math.rint(value);
    }

    @Override
    default double lowest() {
      return 0;
    }

    @Override
    default double highest() {
      return values() - 1;
    }

    @Override
    default boolean isDiscrete() {
      return true;
    }
  }

  /** 0 or 1. */
  public record Binary() implements WholeNumbers {
    @Override
    public String name() {
      return "binary";
    }

    @Override
    public String rule() {
      return "binary values are 0 or 1";
    }

    @Override
    public double values() {
      return 2;
    }
  }

  /** One of the 256 values (pixel + 1/2) / 256. */
  public record GreyLevel() implements ValueKind {
    @Override
    public String name() {
      return "grey-level";
    }

    @Override
    public boolean holds(float value) {
      float level = value * LEVELS - 0.5f;
      return level > -TOLERANCE
          && level < LEVELS - 1 + TOLERANCE
          && Math.abs(level - Math.rint(level)) < TOLERANCE;
    }

    @Override
    public String rule() {
      return "a pixel p from 0 to 255 is given as (p + 0.5) / 256";
    }

    @Override
    public double lowest() {
      return 0;
    }

    @Override
    public double highest() {
      return 1;
    }

    @Override
    public boolean isDiscrete() {
      return true;
    }

    @Override
    public float filler() {
      return 0.5f / LEVELS;
    }
  }

  /** Any finite number. */
  public record Real() implements ValueKind {
    @Override
    public String name() {
      return "real";
    }

    @Override
    public boolean holds(float value) {
      return Float.isFinite(value);
    }

    @Override
    public String rule() {
      return "values must be finite";
    }
  }

  /** Any finite number above 0. */
  public record Positive() implements ValueKind {
    @Override
    public String name() {
      return "positive";
    }

    @Override
    public boolean holds(float value) {
      return value > 0 && Float.isFinite(value);
    }

    @Override
    public String rule() {
      return "positive values are finite and above 0";
    }

    @Override
    public double lowest() {
      return 0;
    }

    @Override
    public float filler() {
      return 1;
    }
  }

  /** 0, 1, 2 and so on. */
  public record Count() implements WholeNumbers {
    @Override
    public String name() {
      return "count";
    }

    @Override
    public String rule() {
      return "counts are whole numbers from 0 on";
    }

    @Override
    public double values() {
      return Double.POSITIVE_INFINITY;
    }
  }

  /**
   * One of several categories without an order.
   *
   * @param categories how many; values are 0 to categories - 1
   */
  public record Category(@Setting(meaning = "the number of categories", atLeast = 2) int categories)
      implements WholeNumbers {
    @Override
    public String name() {
      return "category";
    }

    @Override
    public String rule() {
      return "categories are whole numbers from 0 to " + (categories - 1);
    }

    @Override
    public double values() {
      return categories;
    }
  }

  /**
   * One of several levels in their order.
   *
   * @param levels how many; values are 0 to levels - 1
   */
  public record Ordinal(@Setting(meaning = "the number of levels", atLeast = 2) int levels)
      implements WholeNumbers {
    @Override
    public String name() {
      return "ordinal";
    }

    @Override
    public String rule() {
      return "levels are whole numbers from 0 to " + (levels - 1);
    }

    @Override
    public double values() {
      return levels;
    }
  }
}
