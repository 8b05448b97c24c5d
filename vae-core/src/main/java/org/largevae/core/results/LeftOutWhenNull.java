package org.largevae.core.results;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import org.largevae.api.Internal;

/**
 * Leaves a component of a record out of its JSON where it is null, when other nulls are written:
 * files of what has no such component stay as they were before there was one. For {@link
 * com.google.gson.annotations.JsonAdapter}, with {@code nullSafe = false}.
 */
@Internal
public final class LeftOutWhenNull implements TypeAdapterFactory {

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    TypeAdapter<T> values = gson.getDelegateAdapter(this, type);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        boolean nulls = out.getSerializeNulls();
        out.setSerializeNulls(nulls && value != null);
        try {
          values.write(out, value);
        } finally {
          out.setSerializeNulls(nulls);
        }
      }

      @Override
      public T read(JsonReader in) throws IOException {
        return values.read(in);
      }
    };
  }
}
