package io.openmonetize.local;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.ProviderCall;
import io.openmonetize.sdk.ProxyConfig;
import io.openmonetize.sdk.anthropic.AnthropicTracking;
import io.openmonetize.sdk.google.GoogleTracking;
import io.openmonetize.sdk.openai.OpenAITracking;
import java.util.Map;

/** Clients of the three providers, what they are asked, and the wrappers around the calls. */
final class SdkCalls {
  static final String GEMINI = "gemini-2.5-flash";

  /** What makes an official client of a base URL and headers. */
  interface Clients<C> {
    C at(ProxyConfig place);
  }

  /** A call, and all that is read of its result, with each call of the client within the wrap. */
  interface Call<C, T> {
    T of(C client, Wrap wrap) throws Exception;
  }

  /** Around a call of a client. */
  interface Wrap {
    <R, X extends Exception> R around(ProviderCall<R, X> call) throws X;
  }

  /** As an application wraps its calls. */
  record Tracked(OpenMonetize om, Provider provider, Attribution who) implements Wrap {
    @Override
    public <R, X extends Exception> R around(ProviderCall<R, X> call) throws X {
      return switch (provider) {
        case ANTHROPIC -> AnthropicTracking.withAnthropicTracking(om, who, call);
        case OPENAI -> OpenAITracking.withOpenAITracking(om, who, call);
        case GOOGLE -> GoogleTracking.withGoogleTracking(om, who, call);
        default -> throw new IllegalArgumentException("no wrapper for " + provider);
      };
    }
  }

  static final Wrap BARE = ProviderCall::call;

  private SdkCalls() {}

  /** The stand-in itself, with the base URL as its client wants it. */
  static ProxyConfig directly(StandInProviders providers, Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> new ProxyConfig(providers.anthropic().baseUrl().toString(), Map.of());
      case OPENAI -> new ProxyConfig(providers.openAi().baseUrl() + "/v1", Map.of());
      case GOOGLE -> new ProxyConfig(providers.gemini().baseUrl().toString(), Map.of());
      default -> throw new IllegalArgumentException("no stand-in for " + provider);
    };
  }

  static AnthropicClient anthropic(ProxyConfig place) {
    AnthropicOkHttpClient.Builder builder =
        AnthropicOkHttpClient.builder().apiKey("k").baseUrl(place.baseUrl()).maxRetries(0);
    place.headers().forEach(builder::putHeader);
    return builder.build();
  }

  static OpenAIClient openAi(ProxyConfig place) {
    OpenAIOkHttpClient.Builder builder =
        OpenAIOkHttpClient.builder().apiKey("k").baseUrl(place.baseUrl()).maxRetries(0);
    place.headers().forEach(builder::putHeader);
    return builder.build();
  }

  static Client gemini(ProxyConfig place) {
    return Client.builder()
        .apiKey("k")
        .httpOptions(
            HttpOptions.builder().baseUrl(place.baseUrl()).headers(place.headers()).build())
        .build();
  }

  static MessageCreateParams message() {
    return MessageCreateParams.builder()
        .model("claude-sonnet-4-5")
        .maxTokens(100)
        .addUserMessage("What is a meter for?")
        .build();
  }

  static ChatCompletionCreateParams chat() {
    return ChatCompletionCreateParams.builder()
        .model("gpt-4.1-mini")
        .addUserMessage("What is a meter for?")
        .build();
  }

  static ChatCompletionCreateParams chatWithUsage() {
    return chat().toBuilder()
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  static ResponseCreateParams response() {
    return ResponseCreateParams.builder().model("gpt-4.1").input("What is a meter for?").build();
  }

  static EmbeddingCreateParams embedding() {
    return EmbeddingCreateParams.builder().model("text-embedding-3-small").input("a meter").build();
  }
}
