package org.largevae.datasets.format;

import java.nio.ByteBuffer;
import java.util.function.ToDoubleFunction;

/** How a file stores a number. */
enum NumberFormat {
  BOOLEAN(1, bytes -> bytes.get() == 0 ? 0 : 1),
  INT8(1, ByteBuffer::get),
  UINT8(1, bytes -> bytes.get() & 0xff),
  INT16(2, ByteBuffer::getShort),
  UINT16(2, bytes -> bytes.getShort() & 0xffff),
  INT32(4, ByteBuffer::getInt),
  UINT32(4, bytes -> Integer.toUnsignedLong(bytes.getInt())),
  INT64(8, ByteBuffer::getLong),
  UINT64(8, bytes -> unsigned(bytes.getLong())),
  FLOAT16(2, bytes -> half(bytes.getShort())),
  FLOAT32(4, ByteBuffer::getFloat),
  FLOAT64(8, ByteBuffer::getDouble);

  private static final int HALF_MANTISSA = 0x3ff;
  private static final int HALF_EXPONENT = 0x1f;
  private static final int HALF_BIAS = 15;

  private final int size;
  private final ToDoubleFunction<ByteBuffer> reader;

  NumberFormat(int size, ToDoubleFunction<ByteBuffer> reader) {
    this.size = size;
    this.reader = reader;
  }

  /** The size of a number in bytes. */
  int size() {
    return size;
  }

  /** The next number; 64-bit integers are rounded to 53 bits. */
  double read(ByteBuffer bytes) {
    return reader.applyAsDouble(bytes);
  }

  /** Halved with its last bit kept, so that the rounding is that of the whole number. */
  private static double unsigned(long bits) {
    return bits >= 0 ? bits : (double) (bits >>> 1 | bits & 1) * 2;
  }

  /** IEEE 754 binary16; Java has a conversion of its own only from version 20. */
  private static double half(short bits) {
    int exponent = bits >> 10 & HALF_EXPONENT;
    int mantissa = bits & HALF_MANTISSA;
    double magnitude;
    if (exponent == HALF_EXPONENT) {
      magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) mantissa, 1 - HALF_BIAS - 10);
    } else {
      magnitude = Math.scalb(1 + mantissa / 1024.0, exponent - HALF_BIAS);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
