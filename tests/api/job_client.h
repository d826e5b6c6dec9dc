// Jobs from a client's side: every answer is held against the OpenAPI document on its way.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/api/api_server.h"

namespace faceveil::test {

class JobClient {
 public:
  explicit JobClient(httplib::Client client) : client_(std::move(client)) {}

  // The id of a new job with these pictures, named 1.jpg and so on.
  std::string create(const std::vector<std::string>& pictures, const Fields& fields = {});

  // `document_path` is the route as the document names it, with {id} and {file}. Fails the test
  // where the answer is not as documented.
  httplib::Response get(const std::string& document_path, const std::string& id,
                        const std::string& file = "1");
  httplib::Response post(const std::string& document_path, const std::string& id,
                         const std::string& file = "1", const std::string& body = "");
  httplib::Response patch(const std::string& document_path, const std::string& id,
                          const std::string& file, const std::string& body);
  httplib::Response erase(const std::string& id);

  nlohmann::json job(const std::string& id);
  // The job once it is in one of these states; gives up after a minute.
  nlohmann::json wait_for(const std::string& id, const std::vector<std::string>& states);

  httplib::Client& http() { return client_; }

 private:
  httplib::Client client_;
};

// Of the server at this port of this computer; waits for answers for a minute, and wants English.
JobClient client_of(int port);

inline const std::string job_path = "/api/v1/jobs/{id}";
inline const std::string file_path = "/api/v1/jobs/{id}/files/{file}";

// A form with several pictures.
httplib::MultipartFormDataItems batch(const std::vector<std::string>& pictures,
                                      const Fields& fields = {});

}  // namespace faceveil::test
