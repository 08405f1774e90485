package io.openmonetize.examples;

import static io.openmonetize.sdk.anthropic.AnthropicTracking.withAnthropicTracking;
import static io.openmonetize.sdk.google.GoogleTracking.withGoogleTracking;
import static io.openmonetize.sdk.openai.OpenAITracking.withOpenAITracking;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.EmbedContentResponse;
import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.openmonetize.sdk.Attribution;
import io.openmonetize.sdk.OpenMonetize;

/** Calls of the providers' own clients, each booked to who asked. */
public final class WrappedCalls {
  private final OpenMonetize om;

  public WrappedCalls(OpenMonetize om) {
    this.om = om;
  }

  public Message answer(AnthropicClient client, Attribution who, String question) {
    MessageCreateParams request =
        MessageCreateParams.builder()
            .model("claude-sonnet-4-5")
            .maxTokens(500)
            .addUserMessage(question)
            .build();
    return withAnthropicTracking(om, who, () -> client.messages().create(request));
  }

  public void stream(OpenAIClient client, Attribution who, String question) {
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder()
            .model("gpt-4.1-mini")
            .addUserMessage(question)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        withOpenAITracking(om, who, () -> client.chat().completions().createStreaming(request))) {
      stream.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .forEach(System.out::print);
    }
  }

  public EmbedContentResponse embed(Client client, Attribution who, String text) {
    String model = "gemini-embedding-001";
    return withGoogleTracking(om, who, model, () -> client.models.embedContent(model, text, null));
  }
}
