#include "tests/api/job_client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/api/documented.h"

namespace faceveil::test {
namespace {

std::string filled(std::string path, const std::string& id, const std::string& file) {
  for (const auto& [name, value] : {std::pair{"{id}", id}, {"{file}", file}}) {
    const size_t at = path.find(name);
    if (at != std::string::npos) path.replace(at, std::string(name).size(), value);
  }
  return path;
}

httplib::Response checked(const std::string& method, const std::string& document_path,
                          const httplib::Result& answer) {
  EXPECT_TRUE(answer) << method << " " << document_path;
  if (!answer) return {};
  EXPECT_EQ(undocumented(method, document_path, *answer), "") << method << " " << document_path;
  return *answer;
}

}  // namespace

JobClient client_of(int port) {
  httplib::Client client("127.0.0.1", port);
  client.set_read_timeout(60);
  client.set_default_headers({{"Accept-Language", "en"}});
  return JobClient(std::move(client));
}

httplib::MultipartFormDataItems batch(const std::vector<std::string>& pictures,
                                      const Fields& fields) {
  httplib::MultipartFormDataItems items;
  for (const auto& [name, value] : fields) items.push_back({name, value, "", ""});
  for (size_t i = 0; i < pictures.size(); ++i) {
    items.push_back({"image", pictures[i], std::to_string(i + 1) + ".jpg", "image/jpeg"});
  }
  return items;
}

std::string JobClient::create(const std::vector<std::string>& pictures, const Fields& fields) {
  const auto answer =
      checked("post", "/api/v1/jobs", client_.Post("/api/v1/jobs", batch(pictures, fields)));
  EXPECT_EQ(answer.status, 202) << answer.body;
  const auto json = nlohmann::json::parse(answer.body, nullptr, false);
  if (!json.is_object() || !json.contains("id")) return "";
  EXPECT_EQ(answer.get_header_value("Location"), "/api/v1/jobs/" + json["id"].get<std::string>());
  return json["id"];
}

httplib::Response JobClient::get(const std::string& document_path, const std::string& id,
                                 const std::string& file) {
  return checked("get", document_path, client_.Get(filled(document_path, id, file)));
}

httplib::Response JobClient::post(const std::string& document_path, const std::string& id,
                                  const std::string& file, const std::string& body) {
  return checked("post", document_path,
                 client_.Post(filled(document_path, id, file), body, "application/json"));
}

httplib::Response JobClient::patch(const std::string& document_path, const std::string& id,
                                   const std::string& file, const std::string& body) {
  return checked("patch", document_path,
                 client_.Patch(filled(document_path, id, file), body, "application/json"));
}

httplib::Response JobClient::erase(const std::string& id) {
  return checked("delete", job_path, client_.Delete("/api/v1/jobs/" + id));
}

nlohmann::json JobClient::job(const std::string& id) {
  return nlohmann::json::parse(get(job_path, id).body, nullptr, false);
}

nlohmann::json JobClient::wait_for(const std::string& id, const std::vector<std::string>& states) {
  using namespace std::chrono_literals;
  const auto deadline = std::chrono::steady_clock::now() + 60s;
  nlohmann::json now;
  while (std::chrono::steady_clock::now() < deadline) {
    now = job(id);
    if (std::ranges::find(states, now.value("state", "")) != states.end()) return now;
    std::this_thread::sleep_for(20ms);
  }
  ADD_FAILURE() << "still " << now.dump();
  return now;
}

}  // namespace faceveil::test
