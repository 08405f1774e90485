package io.openmonetize.local.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.local.parts.LocalPartException;
import io.openmonetize.storage.Tables;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The file of a local DynamoDB server, made whole: the items are written as DynamoDB exports them,
 * and the server's own import makes its file of that, more than ten times as fast as it takes
 * requests.
 */
public final class StoreFile implements ItemSink, AutoCloseable {
  private final Path binary;
  private final Tables tables;
  private final Path file;
  private final Path work;
  private final JsonGenerator json;

  /**
   * @param binary the server
   * @param tables that the file will hold; the items are those of the usage table
   * @param file to be made; nothing may be there
   */
  public StoreFile(Path binary, Tables tables, Path file) throws IOException {
    this.binary = binary;
    this.tables = tables;
    this.file = file;
    this.work = file.resolveSibling(file.getFileName() + ".load");
    Path data = Files.createDirectories(export().resolve(tables.usage()).resolve("data"));
    OutputStream out =
        new GZIPOutputStream(
            new BufferedOutputStream(Files.newOutputStream(data.resolve("items.json.gz"))));
    this.json = new JsonFactory().createGenerator(out);
    this.json.setRootValueSeparator(new SerializedString("\n"));
  }

  @Override
  public void put(Map<String, AttributeValue> item) {
    try {
      json.writeStartObject();
      json.writeFieldName("Item");
      AttributeJson.write(item, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the file. There is no putting more after that. */
  @Override
  public void flush() {
    try {
      json.close();
      Path schema = work.resolve("schema.json");
      try (DynamoDbServer server = DynamoDbServer.start(binary, null, 0);
          DynamoDbClient client = server.client()) {
        tables.create(client);
        Files.writeString(schema, TableSchema.of(client, tables.control(), tables.usage()));
      }
      Path made = work.resolve("tables.db");
      runImport(schema, made);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalPartException("interrupted during the import", e);
    }
  }

  /** Takes away what the file was made of. */
  @Override
  public void close() throws IOException {
    json.close();
    try (Stream<Path> all = Files.walk(work)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private void runImport(Path schema, Path made) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "import",
                "--source",
                export().toString(),
                "--schema",
                schema.toString(),
                "--output",
                made.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new LocalPartException("the DynamoDB server could not import: " + said, null);
    }
  }

  private Path export() {
    return work.resolve("export");
  }
}
