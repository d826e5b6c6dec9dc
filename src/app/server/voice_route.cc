// The route for sound files: their voices changed, in one answer.
#include <nlohmann/json.hpp>

#include "app/server/answers.h"
#include "app/server/attachment.h"
#include "app/server/problem.h"
#include "app/server/routes.h"
#include "app/server/voice_options.h"
#include "base/language.h"
#include "pipeline/sound.h"

namespace faceveil {
namespace {

struct VoiceRequest {
  VoiceChange change;
  std::string name;
};

// Nobody is to think a voice hidden that is not: what becomes of it must be said.
Result<VoiceRequest> parse_voice_request(const HttpRequest& request) {
  Fields options = work_options(request.query);
  VoiceRequest wanted;
  wanted.name = TRY(take_option(options, "name")).value_or("");
  const auto change = TRY(take_voice(options));
  TRY(parse_options(options, {}, {}));  // None other is known.
  if (!change) {
    return about("voice",
                 Result<VoiceRequest>(fail(Error::Kind::bad_input,
                                           "Say what is to happen to the voices of this sound: "
                                           "voice=keep, mute, disguise or robot, or a stretch with "
                                           "mute or bleep.")));
  }
  wanted.change = *change;
  return wanted;
}

std::string_view mime_type(AudioFormat format) {
  switch (format) {
    case AudioFormat::wav:
      return "audio/wav";
    case AudioFormat::flac:
      return "audio/flac";
    case AudioFormat::mp3:
      return "audio/mpeg";
    case AudioFormat::m4a:
      return "audio/mp4";
    case AudioFormat::ogg:
    case AudioFormat::opus:
      return "audio/ogg";
  }
  return "application/octet-stream";
}

}  // namespace

HttpResponse Routes::voice(const HttpRequest& request) const {
  const auto wanted = parse_voice_request(request);
  if (!wanted) return problem_of_request(request, wanted.error());
  auto hidden = workbench_.hide_sound(request.body, wanted->change, client_of(request));
  if (!hidden) return problem_of_picture(request, hidden.error());
  const std::string extension(audio_format_name(hidden->format));
  HttpResponse response =
      bytes_answer(std::string(mime_type(hidden->format)), std::move(hidden->bytes));
  const std::string name = hidden_file_name(wanted->name, extension);
  const Language language = language_of(request);
  nlohmann::json notes = {translate(language, voice_claim(wanted->change.mode))};
  for (const std::string& part : hidden->dropped) notes.push_back(part);
  response.headers.emplace_back("Content-Disposition", content_disposition(name));
  response.headers.emplace_back("FaceVeil-Voice", voice_mode_name(wanted->change.mode));
  response.headers.emplace_back("FaceVeil-Notes", notes.dump(-1, ' ', /*ensure_ascii=*/true));
  return response;
}

}  // namespace faceveil
