package com.example.anomalies;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.largevae.core.TrainedVae;
import org.largevae.core.VaeImages;

/** A picture of the most and the least likely images, each with its reconstruction and score. */
final class RankedSheet {
  private static final int SHOWN = 12;
  private static final int SIDE = 84;
  private static final int GAP = 8;
  private static final int MARGIN = 24;
  private static final int LINE = 18;
  private static final int TITLE = 34;
  private static final int SECTION = TITLE + 2 * SIDE + GAP + LINE + MARGIN;

  private RankedSheet() {}

  /**
   * Draws the sheet.
   *
   * @param vae what scored the images
   * @param images at least 12
   * @param scores log p(x) of each, in nats
   * @return the picture
   */
  static BufferedImage draw(TrainedVae vae, List<BufferedImage> images, double[] scores) {
    List<Integer> ranked =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
            .toList();
    int width = 2 * MARGIN + SHOWN * (SIDE + GAP) - GAP;
    BufferedImage sheet =
        new BufferedImage(width, MARGIN + 2 * SECTION, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    VaeImages pictures = vae.images();
    section(graphics, MARGIN, "Most likely", pictures, images, scores, ranked.subList(0, SHOWN));
    List<Integer> least = new ArrayList<>(ranked.subList(ranked.size() - SHOWN, ranked.size()));
    Collections.reverse(least);
    section(graphics, MARGIN + SECTION, "Least likely", pictures, images, scores, least);
    graphics.dispose();
    return sheet;
  }

  private static void section(
      Graphics2D graphics,
      int top,
      String title,
      VaeImages pictures,
      List<BufferedImage> images,
      double[] scores,
      List<Integer> shown) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    graphics.drawString(title, MARGIN, top + LINE);
    int titleWidth = graphics.getFontMetrics().stringWidth(title + " ");
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    graphics.drawString(
        "above: image, below: its reconstruction and log p(x) in nats",
        MARGIN + titleWidth + GAP,
        top + LINE);
    int x = MARGIN;
    for (int index : shown) {
      BufferedImage image = images.get(index);
      int y = top + TITLE;
      graphics.drawImage(image, x, y, SIDE, SIDE, null);
      graphics.drawImage(pictures.reconstruct(image), x, y + SIDE + GAP, SIDE, SIDE, null);
      String score = String.format(Locale.ROOT, "%.1f", scores[index]);
      int indent = (SIDE - graphics.getFontMetrics().stringWidth(score)) / 2;
      graphics.drawString(score, x + indent, y + 2 * SIDE + GAP + LINE);
      x += SIDE + GAP;
    }
  }
}
