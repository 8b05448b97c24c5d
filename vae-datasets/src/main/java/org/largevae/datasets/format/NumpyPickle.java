package org.largevae.datasets.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;
import org.largevae.api.data.DataException;
import org.largevae.api.files.FailureText;

/**
 * Reads the one kind of pickle that Frey Faces comes as: protocol 0, a list that holds one
 * two-dimensional NumPy array of unsigned bytes.
 *
 * <p>Everything else is refused before it is acted on: names other than NumPy's three, and every
 * instruction that this kind does not need, among them all that carry sizes, which the pickle
 * library would trust. Even so, give it only content whose SHA-256 has been checked.
 */
public final class NumpyPickle {
  private static final String DAMAGED = "it is damaged";

  private NumpyPickle() {}

  /**
   * Reads the array.
   *
   * @param content the pickle
   * @param source the file's name, for messages
   * @return an array of two dimensions
   * @throws DataException if the content is anything else
   */
  public static ByteArray2d read(byte[] content, String source) {
    Object root;
    try {
      root = new StrictUnpickler().loads(content);
    } catch (IOException | PickleException fault) {
      throw unreadable(source, FailureText.shown(fault.getMessage(), DAMAGED), fault);
    } catch (RuntimeException fault) {
      // The library answers nonsense with whatever its casts and its stack throw.
      throw unreadable(source, DAMAGED, fault);
    }
    if (root instanceof List<?> list
        && list.size() == 1
        && list.get(0) instanceof Array array
        && array.content != null) {
      return array.content;
    }
    throw new DataException(source + ": is not a pickled list of one NumPy array");
  }

  private static DataException unreadable(String source, String reason, Exception fault) {
    return new DataException(
        source + ": is not a pickled NumPy array that can be read: " + reason, fault);
  }

  /**
   * A matrix of unsigned bytes.
   *
   * @param rows how many
   * @param columns how many
   * @param values row by row; not copied
   */
  public record ByteArray2d(int rows, int columns, byte[] values) {}

  /** A NumPy array under construction: the pickle makes it empty and sets its state later. */
  private static final class Array {
    private ByteArray2d content;

    /** The state is (version, shape, dtype, is in Fortran order, bytes). */
    void setState(Object[] state) {
      if (state.length != 5
          || !(state[1] instanceof Object[] shape)
          || shape.length != 2
          || !(shape[0] instanceof Integer rows)
          || !(shape[1] instanceof Integer columns)) {
        throw new PickleException("the array does not have two dimensions");
      }
      if (!(state[2] instanceof UnsignedByteType) || !Boolean.FALSE.equals(state[3])) {
        throw new PickleException("the array does not hold unsigned bytes, row by row");
      }
      if (!(state[4] instanceof String text)
          || rows < 0
          || columns < 0
          || text.length() != (long) rows * columns) {
        throw new PickleException("the array's shape does not fit its content");
      }
      // Python 2's byte strings come as characters 0 to 255.
      byte[] values = text.getBytes(StandardCharsets.ISO_8859_1);
      content = new ByteArray2d(rows, columns, values);
    }
  }

  /** NumPy's dtype u1. Its state says nothing further. */
  private record UnsignedByteType() {}

  /** Stands for the class object {@code numpy.ndarray}, which is only passed on. */
  private static final class ArrayClass implements IObjectConstructor {
    @Override
    public Object construct(Object[] arguments) {
      throw new PickleException("numpy.ndarray is called");
    }
  }

  private static final class StrictUnpickler extends Unpickler {
    private static final char GLOBAL = 'c';
    private static final char BUILD = 'b';

    /** Mark, list, put, get, tuple, integer, string, none, reduce, append, stop, newline-ended. */
    private static final Set<Character> PASSED_ON =
        Set.of('(', 'l', 'p', 'g', 't', 'I', 'S', 'N', 'R', 'a', '.');

    @Override
    protected Object dispatch(short key) throws IOException {
      char instruction = (char) key;
      if (instruction == GLOBAL) {
        stack.add(constructor(PickleUtils.readline(input) + "." + PickleUtils.readline(input)));
      } else if (instruction == BUILD) {
        build(stack.pop());
      } else if (PASSED_ON.contains(instruction)) {
        return super.dispatch(key);
      } else {
        throw new PickleException(
            String.format(Locale.ROOT, "it uses the pickle instruction 0x%02x", key));
      }
      return NO_RETURN_VALUE;
    }

    private static IObjectConstructor constructor(String name) {
      return switch (name) {
        case "numpy.core.multiarray._reconstruct" -> arguments -> new Array();
        case "numpy.ndarray" -> new ArrayClass();
        case "numpy.dtype" -> StrictUnpickler::type;
        default -> throw new PickleException("it asks for " + name);
      };
    }

    private static Object type(Object[] arguments) {
      if (arguments.length == 0 || !"u1".equals(arguments[0])) {
        throw new PickleException("the array does not hold unsigned bytes");
      }
      return new UnsignedByteType();
    }

    private void build(Object state) {
      Object target = stack.peek();
      if (target instanceof Array array && state instanceof Object[] values) {
        array.setState(values);
      } else if (!(target instanceof UnsignedByteType)) {
        throw new PickleException("it sets the state of something other than an array");
      }
    }
  }
}
