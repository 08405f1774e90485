export interface Snippet {
  name: string;
  /** What to know before copying it. */
  hint: string;
  code: string;
}

/** How to point an application at the proxy. A trailing slash of the address is dropped. */
export function snippets(proxyUrl: string): Snippet[] {
  const url = proxyUrl.replace(/\/+$/, "");
  return [
    java(url),
    typescript(url),
    openAiJava(url),
    openAiTypescript(url),
    geminiJava(url),
    geminiTypescript(url),
    environment(url),
  ];
}

function java(url: string): Snippet {
  return {
    name: "Anthropic, Java",
    hint: "With Anthropic's library, com.anthropic:anthropic-java. A header set on one call replaces the client's.",
    code: `AnthropicClient client = AnthropicOkHttpClient.builder()
    .apiKey(System.getenv("ANTHROPIC_API_KEY"))
    .baseUrl("${url}")
    .putHeader("X-OM-Customer-Id", "your-customer-id")
    .putHeader("X-OM-User-Id", "your-user-id")
    .putHeader("X-OM-Feature-Id", "your-feature-id")
    .putHeader("X-OM-Api-Key", System.getenv("OPENMONETIZE_API_KEY"))
    .build();`,
  };
}

function typescript(url: string): Snippet {
  return {
    name: "Anthropic, TypeScript",
    hint: "With Anthropic's library, @anthropic-ai/sdk. A header set on one call replaces the client's.",
    code: `const client = new Anthropic({
  apiKey: process.env.ANTHROPIC_API_KEY,
  baseURL: "${url}",
  defaultHeaders: {
    "X-OM-Customer-Id": "your-customer-id",
    "X-OM-User-Id": "your-user-id",
    "X-OM-Feature-Id": "your-feature-id",
    "X-OM-Api-Key": process.env.OPENMONETIZE_API_KEY,
  },
});`,
  };
}

function openAiJava(url: string): Snippet {
  return {
    name: "OpenAI, Java",
    hint: "With OpenAI's library, com.openai:openai-java. Its base address ends in /v1.",
    code: `OpenAIClient client = OpenAIOkHttpClient.builder()
    .apiKey(System.getenv("OPENAI_API_KEY"))
    .baseUrl("${url}/v1")
    .putHeader("X-OM-Customer-Id", "your-customer-id")
    .putHeader("X-OM-User-Id", "your-user-id")
    .putHeader("X-OM-Feature-Id", "your-feature-id")
    .putHeader("X-OM-Api-Key", System.getenv("OPENMONETIZE_API_KEY"))
    .build();`,
  };
}

function openAiTypescript(url: string): Snippet {
  return {
    name: "OpenAI, TypeScript",
    hint: "With OpenAI's library, openai. Its base address ends in /v1.",
    code: `const client = new OpenAI({
  apiKey: process.env.OPENAI_API_KEY,
  baseURL: "${url}/v1",
  defaultHeaders: {
    "X-OM-Customer-Id": "your-customer-id",
    "X-OM-User-Id": "your-user-id",
    "X-OM-Feature-Id": "your-feature-id",
    "X-OM-Api-Key": process.env.OPENMONETIZE_API_KEY,
  },
});`,
  };
}

function geminiJava(url: string): Snippet {
  return {
    name: "Gemini, Java",
    hint: "With Google's library, com.google.genai:google-genai.",
    code: `Client client = Client.builder()
    .apiKey(System.getenv("GEMINI_API_KEY"))
    .httpOptions(HttpOptions.builder()
        .baseUrl("${url}")
        .headers(Map.of(
            "X-OM-Customer-Id", "your-customer-id",
            "X-OM-User-Id", "your-user-id",
            "X-OM-Feature-Id", "your-feature-id",
            "X-OM-Api-Key", System.getenv("OPENMONETIZE_API_KEY")))
        .build())
    .build();`,
  };
}

function geminiTypescript(url: string): Snippet {
  return {
    name: "Gemini, TypeScript",
    hint: "With Google's library, @google/genai.",
    code: `const client = new GoogleGenAI({
  apiKey: process.env.GEMINI_API_KEY,
  httpOptions: {
    baseUrl: "${url}",
    headers: {
      "X-OM-Customer-Id": "your-customer-id",
      "X-OM-User-Id": "your-user-id",
      "X-OM-Feature-Id": "your-feature-id",
      "X-OM-Api-Key": process.env.OPENMONETIZE_API_KEY,
    },
  },
});`,
  };
}

/** The libraries of Anthropic and OpenAI read these, in Java and in JavaScript: a header a line. */
function environment(url: string): Snippet {
  return {
    name: "Environment variables",
    hint: "Nothing to change in the code: the Java and JavaScript libraries of Anthropic and OpenAI read these.",
    code: `export OM_HEADERS="X-OM-Customer-Id: your-customer-id
X-OM-User-Id: your-user-id
X-OM-Feature-Id: your-feature-id
X-OM-Api-Key: $OPENMONETIZE_API_KEY"

export ANTHROPIC_BASE_URL="${url}"
export ANTHROPIC_CUSTOM_HEADERS="$OM_HEADERS"

export OPENAI_BASE_URL="${url}/v1"
export OPENAI_CUSTOM_HEADERS="$OM_HEADERS"`,
  };
}
