#include "pipeline/sound.h"

#include "base/stop.h"

namespace faceveil {
namespace {

Result<Bytes> change_sound(AudioReader& reader, const VoiceChange& change, const Draws& draws,
                           const std::function<bool()>& stop_requested) {
  AudioWriter writer = TRY(AudioWriter::create(reader));
  VoiceChanger changer(change, reader.info().layout, draws);
  while (true) {
    TRY(stop_if(stop_requested));
    const std::optional<AudioBlock> block = TRY(reader.next());
    if (!block) break;
    TRY(writer.write(changer.process(*block)));
  }
  TRY(writer.write(changer.finish()));
  return writer.finish();
}

}  // namespace

Result<HiddenSound> hide_sound(BytesView input, const VoiceChange& change, const Draws& draws,
                               const std::function<bool()>& stop_requested) {
  AudioReader reader = TRY(AudioReader::create(input));
  HiddenSound hidden;
  hidden.format = reader.info().format;
  hidden.dropped = reader.info().dropped;
  if (change.changes_anything()) {
    hidden.bytes = TRY(change_sound(reader, change, draws, stop_requested));
  } else {
    hidden.bytes = TRY(copy_sound_alone(input));
  }
  return hidden;
}

std::string_view voice_claim(VoiceMode mode) {
  switch (mode) {
    case VoiceMode::keep:
      return "Voices are as they were: anybody who knows one recognises it";
    case VoiceMode::mute:
      return "No voice is left";
    case VoiceMode::disguise:
      return "A disguise against listeners, not a protection: machines can still recognise the "
             "speaker, and the words are unchanged";
    case VoiceMode::robot:
      return "Melody and fine sound of the voice are gone, but this is no protection: machines may "
             "still recognise the speaker, and the words are unchanged";
  }
  return "";
}

}  // namespace faceveil
