#include "base/messages_zh.h"

#include <map>

namespace faceveil {
namespace {

const std::map<std::string_view, std::string_view>& table() {
  static const std::map<std::string_view, std::string_view> messages = {
      // base/files
      {"There is no such file.", "没有这个文件。"},
  };
  return messages;
}

}  // namespace

std::string_view chinese_message(std::string_view english) {
  const auto found = table().find(english);
  return found == table().end() ? std::string_view() : found->second;
}

}  // namespace faceveil
