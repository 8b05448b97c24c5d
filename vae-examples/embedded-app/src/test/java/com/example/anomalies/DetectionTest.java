package com.example.anomalies;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class DetectionTest {

  @Test
  void areaIsTheShareOfPairsInOrder() {
    double[] normal = {-1, -2, -3, -4};
    assertEquals(1, Detection.areaUnderCurve(normal, new double[] {-5, -6}));
    assertEquals(0, Detection.areaUnderCurve(normal, new double[] {0}));
    assertEquals(0.5, Detection.areaUnderCurve(normal, new double[] {-2.5}));
    assertEquals((2 + 0.5) / 4, Detection.areaUnderCurve(normal, new double[] {-3}));
  }

  @Test
  void quarterTurnTakesTheUpperLeftCornerToTheUpperRight() {
    BufferedImage image = new BufferedImage(3, 3, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 200);
    BufferedImage turned = Corruption.ROTATED.apply(image);
    assertEquals(200, turned.getRaster().getSample(2, 0, 0));
    assertEquals(0, turned.getRaster().getSample(0, 0, 0));
    assertEquals(55, Corruption.INVERTED.apply(image).getRaster().getSample(0, 0, 0));
  }
}
