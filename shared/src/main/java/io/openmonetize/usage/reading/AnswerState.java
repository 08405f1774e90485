package io.openmonetize.usage.reading;

import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import io.openmonetize.usage.json.DocumentValues;
import io.openmonetize.usage.json.KeptValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of an answer while it is read, and what that makes of its usage in the end. */
public final class AnswerState {
  /** Why a usage object was not read though it was there. */
  public static final String INVALID_USAGE = "the usage object is not valid JSON";

  private final KeptValue model = new KeptValue();
  private final KeptValue responseId = new KeptValue();
  private final @Nullable String requestedModel;
  private @Nullable String errorType;
  private @Nullable String fault;
  private boolean ambiguous;
  private boolean ended;

  public AnswerState(@Nullable String requestedModel) {
    this.requestedModel = requestedModel;
  }

  /** The document names its model and id here; the last that are not empty count. */
  public void identify(DocumentValues values, int modelSlot, int idSlot) {
    model.offerText(values, modelSlot);
    responseId.offerText(values, idSlot);
  }

  /** The usage was read, so what could not be read before it matters no more. */
  public void usageRead(DocumentValues values) {
    fault = null;
    ambiguous |= values.isDuplicated();
  }

  /** The provider said that the answer is complete. */
  public void ended() {
    ended = true;
  }

  /** The answer begins anew. */
  public void restarted() {
    ended = false;
  }

  public void failed(@Nullable String type) {
    String known = Wording.word(type);
    errorType = known == null ? "unrecognised" : known;
  }

  public boolean hasFailed() {
    return errorType != null;
  }

  public void unreadable(String reason) {
    fault = fault == null ? reason : fault;
  }

  /** The model that worked: the provider's word, else the one asked for. */
  public @Nullable String workingModel() {
    String said = saidModel();
    return said == null ? requestedModel : said;
  }

  /** Settles on a measure, or on the absence of one for the reason given. */
  public UsageReading settle(AnswerEnd end, @Nullable Measure measure, String absence) {
    Usage usage = measure == null ? Usage.missing(whyNothing(end, absence)) : weigh(end, measure);
    return reading(usage);
  }

  /** The reading with a usage that is known otherwise. */
  public UsageReading reading(Usage usage) {
    return new UsageReading(
        usage, saidModel(), Wording.name(responseId.text()), errorType, List.of());
  }

  private @Nullable String saidModel() {
    return Wording.name(model.text());
  }

  private Usage weigh(AnswerEnd end, Measure measure) {
    Findings findings = measure.findings();
    if (ambiguous) {
      findings.violation("a name stands twice");
    }
    String violation = findings.violation();
    if (violation != null) {
      return usage(
          measure.isEmpty() ? UsageStatus.MISSING : UsageStatus.ESTIMATED,
          Usage.contradiction(violation),
          measure);
    }
    String shortfall = shortfall(end);
    if (shortfall != null) {
      return usage(UsageStatus.PARTIAL, shortfall, measure);
    }
    if (findings.gap() != null) {
      return usage(UsageStatus.PARTIAL, findings.gap(), measure);
    }
    if (findings.guess() != null) {
      return usage(UsageStatus.ESTIMATED, findings.guess(), measure);
    }
    return usage(UsageStatus.EXACT, null, measure);
  }

  private static Usage usage(UsageStatus status, @Nullable String reason, Measure measure) {
    String raw = measure.raw() == null ? null : RawUsage.compact(measure.raw());
    // A line without a count would be priced at nothing, as if nothing was used.
    List<UsageLine> lines = status == UsageStatus.MISSING ? List.of() : measure.lines();
    return new Usage(status, reason, measure.terms(), lines, raw);
  }

  /** Why the usage that was read may not be the last word; null if it is. */
  private @Nullable String shortfall(AnswerEnd end) {
    if (fault != null) {
      return fault;
    }
    if (ended) {
      return null;
    }
    if (errorType != null) {
      return "the provider reported " + errorType + " before the end";
    }
    return switch (end) {
      case WHOLE -> "the answer ended early";
      case INTERRUPTED -> "the answer broke off";
      case ABANDONED -> "the caller left before the end";
    };
  }

  private String whyNothing(AnswerEnd end, String absence) {
    boolean brokeOff = end != AnswerEnd.WHOLE || errorType != null || fault != null;
    String shortfall = brokeOff ? shortfall(end) : null;
    return shortfall == null ? absence : shortfall;
  }

  /** Terms of which only the tier is said, or nothing. */
  public static PricingTerms tier(@Nullable String serviceTier) {
    return serviceTier == null ? PricingTerms.UNSAID : new PricingTerms(serviceTier, null, null);
  }
}
