package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On the files under this module's test resources. */
@ExtendWith(DynamoDbExtension.class)
class DashboardFilesTest {
  private static final String SCRIPT = "/assets/app-1a2b3c4d.js";

  private final QuerySystem system;

  DashboardFilesTest(QuerySystem system) {
    this.system = system;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html"})
  void get_root_isThePageAskedForAnewEachTime(String path) {
    Reply reply = system.get(path).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.header("cache-control")).isEqualTo("no-cache");
    assertThat(reply.text()).contains("A page for tests").contains("größer");
    assertThat(reply.isBase64()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/assets/app-1a2b3c4d.js, text/javascript; charset=utf-8",
    "/assets/dot-0f0f0f0f.png, image/png"
  })
  void get_asset_isKeptForEver(String path, String type) {
    Reply reply = system.get(path).send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo(type);
    assertThat(reply.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @Test
  void get_binaryFile_comesByteForByte() throws IOException {
    try (var resource =
        getClass().getResourceAsStream("/META-INF/dashboard/assets/dot-0f0f0f0f.png")) {
      assertThat(system.get("/assets/dot-0f0f0f0f.png").send().bytes())
          .isEqualTo(resource.readAllBytes());
    }
  }

  @Test
  void get_callerTakesGzip_isSentCompressed() throws IOException {
    Reply plain = system.get(SCRIPT).send();
    Reply zipped = system.get(SCRIPT).header("accept-encoding", "br, gzip").send();

    assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
    assertThat(zipped.header("vary")).isEqualTo("accept-encoding");
    assertThat(zipped.bytes()).hasSizeLessThan(plain.bytes().length);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.bytes())).readAllBytes())
        .isEqualTo(plain.bytes());
    assertThat(zipped.header("etag")).isNotEqualTo(plain.header("etag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "br", "gzip;q=0", "identity, gzip; q=0.000", "gzipped"})
  void get_callerDoesNotTakeGzip_isSentPlain(String acceptEncoding) {
    Reply reply = system.get(SCRIPT).header("accept-encoding", acceptEncoding).send();

    assertThat(reply.header("content-encoding")).isNull();
    assertThat(reply.header("vary")).isEqualTo("accept-encoding");
  }

  @Test
  void get_imageThatGzipWouldNotShrink_isSentPlain() {
    Reply reply = system.get("/assets/dot-0f0f0f0f.png").header("accept-encoding", "gzip").send();

    assertThat(reply.header("content-encoding")).isNull();
  }

  @Test
  void get_knownTag_isNotModified() {
    String tag = system.get("/").send().header("etag");

    for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
      Reply reply = system.get("/").header("if-none-match", known).send();

      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.text()).isEmpty();
      assertThat(reply.header("etag")).isEqualTo(tag);
      assertThat(reply.header("content-type")).isNull();
    }
  }

  @Test
  void get_tagOfTheOtherEncoding_isSentAnew() {
    String tag = system.get("/").send().header("etag");

    assertThat(
            system
                .get("/")
                .header("if-none-match", tag)
                .header("accept-encoding", "gzip")
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  void head_page_hasTheHeadersAndNoBody() {
    Reply reply = system.call("HEAD", "/").send();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("etag")).isEqualTo(system.get("/").send().header("etag"));
    assertThat(reply.text()).isEmpty();
  }

  @Test
  void post_page_isNotAllowed() {
    Reply reply = system.post("/").json("{}").send();

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void get_theGuidesAddressOfTheKeys_leadsToThePage() {
    Reply reply = system.get("/api-keys").send();

    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.header("location")).isEqualTo("./#/settings/api-keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing.js",
        "/assets",
        "/assets/",
        "/assets/nothing.css",
        "/.hidden.txt",
        "/../outside.txt",
        "/assets/../../outside.txt",
        "/assets/..%2f..%2foutside.txt",
        "/%2e%2e/outside.txt",
        "/..%5coutside.txt",
        "/..\\outside.txt",
        "//outside.txt",
        "/assets//app-1a2b3c4d.js",
        "/./index.html",
        "/index.html/",
        "/index.html\u0000.js",
        "/META-INF/outside.txt",
        "/../../openapi.json",
        "/io/openmonetize/query/QueryFunction.class",
        "file:///etc/passwd",
        "/C:/outside.txt"
      })
  void get_anythingElse_isNotFound(String path) {
    Reply reply = system.get(path).send();

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.error()).isEqualTo("NOT_FOUND");
    assertThat(reply.text()).doesNotContain("not for anyone");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", SCRIPT, "/v1/session", "/v1/openapi.json", "/nothing", "/api-keys"})
  void anyAnswer_carriesTheStrictHeaders(String path) {
    Reply reply = system.get(path).send();

    assertThat(reply.header("content-security-policy"))
        .isEqualTo(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self' http://127.0.0.1:8082; frame-ancestors 'none';"
                + " base-uri 'none';"
                + " form-action 'self'; require-trusted-types-for 'script'");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(reply.header("cross-origin-opener-policy")).isEqualTo("same-origin");
    assertThat(reply.header("cache-control")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080, false",
    "127.0.0.1, false",
    "127.9.9.9:80, false",
    "[::1]:8080, false",
    "app.localhost, false",
    "meter.example.com, true",
    "localhost.example.com, true",
    "127.0.0.1.example.com, true"
  })
  void anyAnswer_notOverLoopback_insistsOnTls(String host, boolean strict) {
    String header = system.get("/").host(host).send().header("strict-transport-security");

    assertThat(header != null).isEqualTo(strict);
  }

  @Test
  void get_page_isValidUtf8Throughout() {
    assertThat(new String(system.get("/").send().bytes(), StandardCharsets.UTF_8))
        .doesNotContain("\ufffd");
  }
}
