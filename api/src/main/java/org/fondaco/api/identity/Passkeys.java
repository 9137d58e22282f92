package org.fondaco.api.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.fondaco.api.error.Problem;
import org.fondaco.api.session.PublicOrigin;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys [WebAuthn level 3] with Spring Security's relying party. The authenticator always has to
 * verify its user, so that a passkey is two factors. What is asked of a browser is kept here until
 * it answers, once and for five minutes; the answer has to come to the process that asked.
 */
final class Passkeys {
  private static final Duration ANSWERED_IN = Duration.ofMinutes(5);
  private static final int ASKED_MAX = 10_000;
  private static final Authentication NOBODY =
      new AnonymousAuthenticationToken(
          "nobody", "nobody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  private final PasskeyRows rows;
  private final Supplier<PublicOrigin> origin;
  private final Map<String, Asked> asked = new LinkedHashMap<>();
  private @Nullable Webauthn4JRelyingPartyOperations operations;
  private @Nullable JsonMapper json;

  /**
   * @param origin known when the venue serves
   */
  Passkeys(PasskeyRows rows, Supplier<PublicOrigin> origin) {
    this.rows = rows;
    this.origin = origin;
  }

  private record Asked(Object options, long userId, long untilNanos) {}

  /**
   * What a browser is asked.
   *
   * @param ceremony names it in the answer
   * @param options for navigator.credentials, as JSON
   */
  record Question(String ceremony, String options) {}

  /** Asks for a new passkey of somebody who has signed in. */
  Question askToRegister(User user) {
    rows.ownHandle(user);
    PublicKeyCredentialCreationOptions options =
        operations()
            .createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(
                    UsernamePasswordAuthenticationToken.authenticated(
                        user.name(), null, List.of())));
    return ask(options, user.userId());
  }

  /**
   * Takes the new passkey.
   *
   * @throws org.fondaco.api.error.ApiException -8020 when it is not what was asked for
   */
  void register(User user, String ceremony, String label, String credential) {
    if (answered(ceremony, user.userId()) instanceof PublicKeyCredentialCreationOptions options) {
      try {
        PublicKeyCredential<AuthenticatorAttestationResponse> made =
            json().readValue(credential, new TypeReference<>() {});
        operations()
            .registerCredential(
                new ImmutableRelyingPartyRegistrationRequest(
                    options, new RelyingPartyPublicKey(made, label)));
        return;
      } catch (JacksonException | IllegalArgumentException e) {
        throw Problem.WRONG_PASSKEY.exception();
      } catch (RuntimeException e) {
        throw wrong(e);
      }
    }
    throw Problem.WRONG_PASSKEY.exception();
  }

  /** Asks a stranger for any of its passkeys. */
  Question askToSignIn() {
    return ask(
        operations()
            .createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(NOBODY)),
        0);
  }

  /**
   * Whose passkey answered.
   *
   * @throws org.fondaco.api.error.ApiException -8020 when it proves nobody
   */
  long signIn(String ceremony, String credential) {
    if (answered(ceremony, 0) instanceof PublicKeyCredentialRequestOptions options) {
      try {
        PublicKeyCredential<AuthenticatorAssertionResponse> used =
            json().readValue(credential, new TypeReference<>() {});
        var owner = operations().authenticate(new RelyingPartyAuthenticationRequest(options, used));
        return rows.userId(owner.getId());
      } catch (JacksonException | IllegalArgumentException e) {
        throw Problem.WRONG_PASSKEY.exception();
      } catch (RuntimeException e) {
        throw wrong(e);
      }
    }
    throw Problem.WRONG_PASSKEY.exception();
  }

  /** A proof that fails is the sender's; a database that fails is not. */
  private static RuntimeException wrong(RuntimeException failure) {
    return failure instanceof org.jooq.exception.DataAccessException
        ? failure
        : Problem.WRONG_PASSKEY.exception();
  }

  private Question ask(Object options, long userId) {
    String ceremony = Bytes.random().toBase64UrlString();
    long now = System.nanoTime();
    synchronized (asked) {
      asked.values().removeIf(old -> now - old.untilNanos() > 0);
      if (asked.size() >= ASKED_MAX) {
        throw Problem.BUSY.error().until(ANSWERED_IN.toSeconds()).exception();
      }
      asked.put(ceremony, new Asked(options, userId, now + ANSWERED_IN.toNanos()));
    }
    return new Question(ceremony, json().writeValueAsString(options));
  }

  private @Nullable Object answered(String ceremony, long userId) {
    Asked found;
    synchronized (asked) {
      found = asked.remove(ceremony);
    }
    return found == null || found.userId() != userId || System.nanoTime() - found.untilNanos() > 0
        ? null
        : found.options();
  }

  /** Made when first used: its classes are many, and most starts of a venue need none. */
  private synchronized Webauthn4JRelyingPartyOperations operations() {
    Webauthn4JRelyingPartyOperations made = operations;
    if (made == null) {
      PublicOrigin at = origin.get().forPasskeys();
      made =
          new Webauthn4JRelyingPartyOperations(
              rows.owners(),
              rows,
              PublicKeyCredentialRpEntity.builder().id(at.url().getHost()).name("Fondaco").build(),
              Set.of(at.origin()));
      made.setCustomizeCreationOptions(options ->
          options.authenticatorSelection(
              AuthenticatorSelectionCriteria.builder()
                  .residentKey(ResidentKeyRequirement.REQUIRED)
                  .userVerification(UserVerificationRequirement.REQUIRED)
                  .build()));
      made.setCustomizeRequestOptions(
          options -> options.userVerification(UserVerificationRequirement.REQUIRED));
      operations = made;
    }
    return made;
  }

  private synchronized JsonMapper json() {
    JsonMapper made = json;
    if (made == null) {
      made = JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();
      json = made;
    }
    return made;
  }
}
