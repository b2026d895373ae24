// ONNX Runtime's C interface, as far as Fovea uses it.
//
// The library comes without a header and is found at run time, so nothing here is linked against. Its functions stand
// in a table, `struct OrtApi` of onnxruntime_c_api.h, that only ever grows at its end; each function below says its
// place in that table. All of them are there since version 5 of the table (ONNX Runtime 1.5).

#pragma once

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

typedef struct OrtApi OrtApi;
typedef struct OrtEnv OrtEnv;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtStatus OrtStatus;
typedef struct OrtTensorInfo OrtTensorInfo;
typedef struct OrtValue OrtValue;

/// The oldest version of the table that has every function used here.
static const uint32_t onnxruntime_api_version = 5;

/// What came of opening a library: the table, or why there is none.
typedef struct {
    /// The table of functions; NULL when the library cannot be used.
    const OrtApi *_Nullable api;
    /// The library's own version, `1.31.1`; NULL when it is no ONNX Runtime at all.
    const char *_Nullable version;
    /// What the dynamic loader says when it is no ONNX Runtime. Copy it at once: the next loader call changes it.
    const char *_Nullable problem;
} OnnxRuntimeLibrary;

/// Opens the library at `path`. It stays open: it has threads and thread-locals that outlive any use of it.
OnnxRuntimeLibrary onnxruntime_open(const char *path, uint32_t api_version);

// Each returns NULL when all went well, else a status to read and release.

OrtStatus *_Nullable onnxruntime_create_env(
    const OrtApi *api, int log_level, const char *name, OrtEnv *_Nullable *_Nonnull env);
OrtStatus *_Nullable onnxruntime_create_session(
    const OrtApi *api, const OrtEnv *env, const char *path, const OrtSessionOptions *options,
    OrtSession *_Nullable *_Nonnull session);
OrtStatus *_Nullable onnxruntime_run(
    const OrtApi *api, OrtSession *session, const char *const _Nonnull *_Nullable input_names,
    const OrtValue *const _Nonnull *_Nullable inputs, size_t input_count,
    const char *const _Nonnull *_Nonnull output_names, size_t output_count, OrtValue *_Nullable *_Nonnull outputs);

OrtStatus *_Nullable onnxruntime_create_session_options(
    const OrtApi *api, OrtSessionOptions *_Nullable *_Nonnull options);
OrtStatus *_Nullable onnxruntime_set_intra_op_threads(const OrtApi *api, OrtSessionOptions *options, int count);
OrtStatus *_Nullable onnxruntime_set_inter_op_threads(const OrtApi *api, OrtSessionOptions *options, int count);
OrtStatus *_Nullable onnxruntime_disable_arena(const OrtApi *api, OrtSessionOptions *options);
OrtStatus *_Nullable onnxruntime_add_session_config(
    const OrtApi *api, OrtSessionOptions *options, const char *key, const char *value);

OrtStatus *_Nullable onnxruntime_input_count(const OrtApi *api, const OrtSession *session, size_t *count);
OrtStatus *_Nullable onnxruntime_output_count(const OrtApi *api, const OrtSession *session, size_t *count);
/// Copies the name of an input, cut to `capacity` bytes with the closing zero.
OrtStatus *_Nullable onnxruntime_input_name(
    const OrtApi *api, const OrtSession *session, size_t index, char *name, size_t capacity);
/// Copies the name of an output, cut to `capacity` bytes with the closing zero.
OrtStatus *_Nullable onnxruntime_output_name(
    const OrtApi *api, const OrtSession *session, size_t index, char *name, size_t capacity);

/// The lengths of an input's axes, -1 for those that are free: `rank` of them, at most `capacity`, none for what is no
/// tensor.
OrtStatus *_Nullable onnxruntime_input_shape(
    const OrtApi *api, const OrtSession *session, size_t index, int64_t *shape, size_t capacity, size_t *rank);

/// The element type of an input, numbered as for outputs below; 0 for what is no tensor.
OrtStatus *_Nullable onnxruntime_input_element_type(
    const OrtApi *api, const OrtSession *session, size_t index, int *type);

/// What the model's maker wrote into it under a key; NULL when nothing. Free it with `onnxruntime_free_text`.
OrtStatus *_Nullable onnxruntime_metadata(
    const OrtApi *api, const OrtSession *session, const char *key, char *_Nullable *_Nonnull text);
void onnxruntime_free_text(const OrtApi *api, char *text);

/// Memory of this process, not owned by ONNX Runtime.
OrtStatus *_Nullable onnxruntime_create_cpu_memory_info(const OrtApi *api, OrtMemoryInfo *_Nullable *_Nonnull info);
/// A tensor of floats over the caller's memory, which must outlive it; nothing is copied and, as an input, only read.
OrtStatus *_Nullable onnxruntime_create_float_tensor(
    const OrtApi *api, const OrtMemoryInfo *memory, const float *values, size_t count, const int64_t *shape,
    size_t rank, OrtValue *_Nullable *_Nonnull tensor);
OrtStatus *_Nullable onnxruntime_tensor_data(
    const OrtApi *api, OrtValue *tensor, const void *_Nullable *_Nonnull values);
OrtStatus *_Nullable onnxruntime_tensor_info(
    const OrtApi *api, const OrtValue *tensor, OrtTensorInfo *_Nullable *_Nonnull info);
/// The element type, numbered as in ONNX: 1 is float, 7 is int64, 10 is float16.
OrtStatus *_Nullable onnxruntime_tensor_element_type(const OrtApi *api, const OrtTensorInfo *info, int *type);
OrtStatus *_Nullable onnxruntime_tensor_rank(const OrtApi *api, const OrtTensorInfo *info, size_t *rank);
OrtStatus *_Nullable onnxruntime_tensor_shape(
    const OrtApi *api, const OrtTensorInfo *info, int64_t *shape, size_t rank);

/// What went wrong; valid until the status is released.
const char *onnxruntime_status_message(const OrtApi *api, const OrtStatus *status);

void onnxruntime_release_memory_info(const OrtApi *api, OrtMemoryInfo *info);
void onnxruntime_release_session(const OrtApi *api, OrtSession *session);
void onnxruntime_release_session_options(const OrtApi *api, OrtSessionOptions *options);
void onnxruntime_release_status(const OrtApi *api, OrtStatus *status);
void onnxruntime_release_tensor_info(const OrtApi *api, OrtTensorInfo *info);
void onnxruntime_release_value(const OrtApi *api, OrtValue *value);

#pragma clang assume_nonnull end
