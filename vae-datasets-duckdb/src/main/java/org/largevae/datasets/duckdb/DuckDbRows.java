package org.largevae.datasets.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.largevae.api.data.DataException;
import org.largevae.api.dataset.RawTable;

/** The rows of a table, fetched as they are asked for. */
final class DuckDbRows implements RawTable.Rows {
  private final DuckDbTable table;
  private final DuckDbSession session;
  private final PreparedStatement statement;
  private final ResultSet cells;
  private long row;
  private long hash;
  private boolean ended;

  /**
   * Begins a reading.
   *
   * @param statement closed with the rows, as the session is
   */
  DuckDbRows(DuckDbTable table, DuckDbSession session, PreparedStatement statement)
      throws SQLException {
    this.table = table;
    this.session = session;
    this.statement = statement;
    this.cells = statement.executeQuery();
  }

  @Override
  public boolean next() {
    if (ended) {
      return false;
    }
    try {
      if (cells.next()) {
        row++;
        hash = 31 * hash + cells.getLong(table.width() + 1);
        return true;
      }
    } catch (SQLException failure) {
      throw new DataException(
          place() + ": what follows cannot be read: " + session.reason(failure), failure);
    }
    ended = true;
    table.finish(row, hash);
    return false;
  }

  @Override
  public boolean isMissing(int column) {
    try {
      return switch (table.cells(column)) {
        case TEXT -> text(column).isEmpty();
        case FLOAT, DOUBLE -> Double.isNaN(number(column));
        default -> cells.getObject(column + 1) == null;
      };
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  @Override
  public String text(int column) {
    try {
      return switch (table.cells(column)) {
        case TEXT -> {
          String text = cells.getString(column + 1);
          yield text == null ? "" : text.strip();
        }
        case BOOLEAN -> {
          boolean value = cells.getBoolean(column + 1);
          yield cells.wasNull() ? "" : value ? "1" : "0";
        }
        case LONG -> {
          long value = cells.getLong(column + 1);
          yield cells.wasNull() ? "" : Long.toString(value);
        }
        case FLOAT -> {
          float value = cells.getFloat(column + 1);
          yield cells.wasNull() || Float.isNaN(value) ? "" : Float.toString(value);
        }
        case DOUBLE -> {
          double value = cells.getDouble(column + 1);
          yield cells.wasNull() || Double.isNaN(value) ? "" : Double.toString(value);
        }
        case DECIMAL -> {
          BigDecimal value = decimal(column);
          yield value == null ? "" : value.toPlainString();
        }
      };
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  @Override
  public double number(int column) {
    try {
      return switch (table.cells(column)) {
        case TEXT -> Double.NaN;
        case BOOLEAN -> {
          boolean value = cells.getBoolean(column + 1);
          yield cells.wasNull() ? Double.NaN : value ? 1 : 0;
        }
        case LONG -> {
          long value = cells.getLong(column + 1);
          yield cells.wasNull() ? Double.NaN : rounded(column, value);
        }
        case FLOAT -> {
          float value = cells.getFloat(column + 1);
          yield cells.wasNull() ? Double.NaN : value;
        }
        case DOUBLE -> {
          double value = cells.getDouble(column + 1);
          yield cells.wasNull() ? Double.NaN : value;
        }
        case DECIMAL -> {
          BigDecimal value = decimal(column);
          yield value == null ? Double.NaN : rounded(column, value);
        }
      };
    } catch (SQLException failure) {
      throw unreadable(failure);
    }
  }

  /** Null where there is no value. */
  private BigDecimal decimal(int column) throws SQLException {
    Object value = cells.getObject(column + 1);
    return value instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) value;
  }

  private double rounded(int column, long value) {
    double number = value;
    // the greatest long becomes 2^63, which goes back to it
    if ((long) number != value || value == Long.MAX_VALUE) {
      table.warnOfRounding(column, Long.toString(value));
    }
    return number;
  }

  /** The decimals of a double are those that tell it from its neighbours. */
  private double rounded(int column, BigDecimal value) {
    double number = value.doubleValue();
    if (value.precision() > 15 && BigDecimal.valueOf(number).compareTo(value) != 0) {
      table.warnOfRounding(column, value.toPlainString());
    }
    return number;
  }

  private DataException unreadable(SQLException failure) {
    return new DataException(place() + " cannot be read: " + session.reason(failure), failure);
  }

  @Override
  public String place() {
    return table.place(row);
  }

  @Override
  public void close() {
    try (session;
        statement) {
      cells.close();
    } catch (SQLException failure) {
      throw new DataException(place() + " cannot be closed: " + session.reason(failure), failure);
    }
  }
}
