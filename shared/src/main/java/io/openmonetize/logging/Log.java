package io.openmonetize.logging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line: {@code time}, {@code level}, {@code event} and the fields given.
 * What may not be logged (prompts, answers, header values, keys) is for the caller to leave out;
 * causes are logged by class only, since their messages may hold any of it.
 */
public final class Log {
  /** In order of weight. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /** Reads {@code LOG_LEVEL}; an unknown word is {@code INFO}. */
    public static Level of(String name) {
      for (Level level : values()) {
        if (level.name().equalsIgnoreCase(name)) {
          return level;
        }
      }
      return INFO;
    }
  }

  private static final JsonFactory FACTORY = new JsonFactory();

  private final OutputStream out;
  private final Level least;
  private final Clock clock;

  public Log(OutputStream out, Level least, Clock clock) {
    this.out = out;
    this.least = least;
    this.clock = clock;
  }

  public static Log to(PrintStream out, Level least) {
    return new Log(out, least, Clock.systemUTC());
  }

  /** Names and values in turn. A value may be a string, number, boolean, null or {@link Raw}. */
  public void debug(String event, @Nullable Object... namesAndValues) {
    write(Level.DEBUG, event, namesAndValues);
  }

  public void info(String event, @Nullable Object... namesAndValues) {
    write(Level.INFO, event, namesAndValues);
  }

  public void warn(String event, @Nullable Object... namesAndValues) {
    write(Level.WARN, event, namesAndValues);
  }

  public void error(String event, @Nullable Object... namesAndValues) {
    write(Level.ERROR, event, namesAndValues);
  }

  /** Writes the line whatever the level: for what the ledger may one day be rebuilt from. */
  public void record(String event, @Nullable Object... namesAndValues) {
    line(Level.INFO, event, namesAndValues);
  }

  /** JSON text that is put into the line as it is. */
  public record Raw(String json) {}

  private void write(Level level, String event, @Nullable Object[] namesAndValues) {
    if (level.compareTo(least) >= 0) {
      line(level, event, namesAndValues);
    }
  }

  private void line(Level level, String event, @Nullable Object[] namesAndValues) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", clock.instant().toString());
      json.writeStringField("level", level.name());
      json.writeStringField("event", event);
      for (int i = 0; i < namesAndValues.length; i += 2) {
        json.writeFieldName(String.valueOf(namesAndValues[i]));
        value(json, namesAndValues[i + 1]);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] line = text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      try {
        out.write(line);
        out.flush();
      } catch (IOException e) {
        // There is nowhere left to say it; the work that was to be logged goes on.
      }
    }
  }

  private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Raw(String raw) -> json.writeRawValue(raw);
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Throwable cause -> json.writeString(cause.getClass().getName());
      default -> json.writeString(value.toString());
    }
  }
}
