// A database in one file, for what must outlive the process. Texts and numbers only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

struct sqlite3;

namespace faceveil {

// One connection, one transaction at a time; may be shared by threads.
class Database {
 public:
  using Value = std::variant<int64_t, std::string>;
  using Row = std::vector<Value>;

  // Runs `schema` (statements that may be run again) on it. Errors of all: io.
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path&, const char* schema);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs the steps as one transaction: an error takes back what was done before it.
  Status transaction(const std::function<Status()>& steps);

  // Steps of a transaction. `values` stand for the question marks in order.
  Status run(const char* sql, const Row& values);
  Status select(const char* sql, const Row& values, std::vector<Row>& rows);

 private:
  Database() = default;
  Status failure() const;

  sqlite3* handle_ = nullptr;
  std::mutex mutex_;
};

// 0 or empty where it is of the other kind: rows that another hand has changed may hold anything.
int64_t number_in(const Database::Value&);
std::string text_in(const Database::Value&);

}  // namespace faceveil
