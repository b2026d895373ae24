#include "onnxruntime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

// What the library exports: one function that gives the way to the table.
typedef struct {
    const OrtApi *(*get_api)(uint32_t version);
    const char *(*get_version)(void);
} OrtApiBase;

typedef struct OrtAllocator OrtAllocator;
typedef struct OrtModelMetadata OrtModelMetadata;
typedef struct OrtTypeInfo OrtTypeInfo;

// Calls the function at a place of the table. The argument types behind it are those of onnxruntime_c_api.h.
#define CALL(index, result, types, arguments) ((result(*) types)((void *const *)api)[index])arguments
#define STATUS(index, types, arguments) CALL(index, OrtStatus *, types, arguments)
#define RELEASE(index, type, handle) CALL(index, void, (type *), (handle))

OnnxRuntimeLibrary onnxruntime_open(const char *path, uint32_t api_version) {
    OnnxRuntimeLibrary library = {NULL, NULL, NULL};
    // The wheel's library sends usage events to its maker, unless this is set before it is loaded.
    setenv("ORT_DISABLE_TELEMETRY", "1", 1);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const OrtApiBase *(*get_base)(void) = NULL;
    if (handle) get_base = (const OrtApiBase *(*)(void))dlsym(handle, "OrtGetApiBase");
    if (!get_base) {
        library.problem = dlerror();
        return library;
    }
    const OrtApiBase *base = get_base();
    library.version = base->get_version();
    library.api = base->get_api(api_version);
    return library;
}

OrtStatus *onnxruntime_create_env(const OrtApi *api, int log_level, const char *name, OrtEnv **env) {
    return STATUS(3, (int, const char *, OrtEnv **), (log_level, name, env));
}

OrtStatus *onnxruntime_create_session(
    const OrtApi *api, const OrtEnv *env, const char *path, const OrtSessionOptions *options, OrtSession **session) {
    return STATUS(
        7, (const OrtEnv *, const char *, const OrtSessionOptions *, OrtSession **), (env, path, options, session));
}

OrtStatus *onnxruntime_run(
    const OrtApi *api, OrtSession *session, const char *const *input_names, const OrtValue *const *inputs,
    size_t input_count, const char *const *output_names, size_t output_count, OrtValue **outputs) {
    return STATUS(
        9,
        (OrtSession *, const void *, const char *const *, const OrtValue *const *, size_t, const char *const *, size_t,
         OrtValue **),
        (session, NULL, input_names, inputs, input_count, output_names, output_count, outputs));
}

OrtStatus *onnxruntime_create_session_options(const OrtApi *api, OrtSessionOptions **options) {
    return STATUS(10, (OrtSessionOptions **), (options));
}

OrtStatus *onnxruntime_set_intra_op_threads(const OrtApi *api, OrtSessionOptions *options, int count) {
    return STATUS(24, (OrtSessionOptions *, int), (options, count));
}

OrtStatus *onnxruntime_set_inter_op_threads(const OrtApi *api, OrtSessionOptions *options, int count) {
    return STATUS(25, (OrtSessionOptions *, int), (options, count));
}

OrtStatus *onnxruntime_disable_arena(const OrtApi *api, OrtSessionOptions *options) {
    return STATUS(19, (OrtSessionOptions *), (options));
}

OrtStatus *onnxruntime_add_session_config(
    const OrtApi *api, OrtSessionOptions *options, const char *key, const char *value) {
    return STATUS(130, (OrtSessionOptions *, const char *, const char *), (options, key, value));
}

OrtStatus *onnxruntime_input_count(const OrtApi *api, const OrtSession *session, size_t *count) {
    return STATUS(30, (const OrtSession *, size_t *), (session, count));
}

OrtStatus *onnxruntime_output_count(const OrtApi *api, const OrtSession *session, size_t *count) {
    return STATUS(31, (const OrtSession *, size_t *), (session, count));
}

// Names come in memory of the library's allocator; they are copied out, so that nobody else has to know of it.
static OrtStatus *name_at(
    const OrtApi *api, int function, const OrtSession *session, size_t index, char *name, size_t capacity) {
    OrtAllocator *allocator = NULL;
    OrtStatus *status = STATUS(78, (OrtAllocator **), (&allocator));
    if (status) return status;
    char *text = NULL;
    status = STATUS(
        function, (const OrtSession *, size_t, OrtAllocator *, char **), (session, index, allocator, &text));
    if (status) return status;
    snprintf(name, capacity, "%s", text);
    return STATUS(76, (OrtAllocator *, void *), (allocator, text));
}

OrtStatus *onnxruntime_input_name(
    const OrtApi *api, const OrtSession *session, size_t index, char *name, size_t capacity) {
    return name_at(api, 36, session, index, name, capacity);
}

OrtStatus *onnxruntime_output_name(
    const OrtApi *api, const OrtSession *session, size_t index, char *name, size_t capacity) {
    return name_at(api, 37, session, index, name, capacity);
}

OrtStatus *onnxruntime_metadata(const OrtApi *api, const OrtSession *session, const char *key, char **text) {
    OrtAllocator *allocator = NULL;
    OrtStatus *status = STATUS(78, (OrtAllocator **), (&allocator));
    if (status) return status;
    OrtModelMetadata *metadata = NULL;
    status = STATUS(111, (const OrtSession *, OrtModelMetadata **), (session, &metadata));
    if (status) return status;
    status = STATUS(
        116, (const OrtModelMetadata *, OrtAllocator *, const char *, char **), (metadata, allocator, key, text));
    RELEASE(118, OrtModelMetadata, metadata);
    return status;
}

void onnxruntime_free_text(const OrtApi *api, char *text) {
    OrtAllocator *allocator = NULL;
    OrtStatus *status = STATUS(78, (OrtAllocator **), (&allocator));
    if (!status) status = STATUS(76, (OrtAllocator *, void *), (allocator, text));
    if (status) onnxruntime_release_status(api, status);
}

OrtStatus *onnxruntime_input_shape(
    const OrtApi *api, const OrtSession *session, size_t index, int64_t *shape, size_t capacity, size_t *rank) {
    OrtTypeInfo *type = NULL;
    OrtStatus *status = STATUS(33, (const OrtSession *, size_t, OrtTypeInfo **), (session, index, &type));
    if (status) return status;
    const OrtTensorInfo *info = NULL;  // belongs to the type; NULL for what is no tensor
    *rank = 0;
    status = STATUS(55, (const OrtTypeInfo *, const OrtTensorInfo **), (type, &info));
    if (!status && info) status = onnxruntime_tensor_rank(api, info, rank);
    if (*rank > capacity) *rank = capacity;
    if (!status && info) status = onnxruntime_tensor_shape(api, info, shape, *rank);
    RELEASE(98, OrtTypeInfo, type);
    return status;
}

OrtStatus *onnxruntime_input_element_type(const OrtApi *api, const OrtSession *session, size_t index, int *element) {
    OrtTypeInfo *type = NULL;
    OrtStatus *status = STATUS(33, (const OrtSession *, size_t, OrtTypeInfo **), (session, index, &type));
    if (status) return status;
    const OrtTensorInfo *info = NULL;
    *element = 0;
    status = STATUS(55, (const OrtTypeInfo *, const OrtTensorInfo **), (type, &info));
    if (!status && info) status = onnxruntime_tensor_element_type(api, info, element);
    RELEASE(98, OrtTypeInfo, type);
    return status;
}

OrtStatus *onnxruntime_create_cpu_memory_info(const OrtApi *api, OrtMemoryInfo **info) {
    const int device_allocator = 0, default_memory = 0;
    return STATUS(69, (int, int, OrtMemoryInfo **), (device_allocator, default_memory, info));
}

OrtStatus *onnxruntime_create_float_tensor(
    const OrtApi *api, const OrtMemoryInfo *memory, const float *values, size_t count, const int64_t *shape,
    size_t rank, OrtValue **tensor) {
    const int float_element = 1;
    return STATUS(
        49, (const OrtMemoryInfo *, void *, size_t, const int64_t *, size_t, int, OrtValue **),
        (memory, (void *)values, count * sizeof(float), shape, rank, float_element, tensor));
}

OrtStatus *onnxruntime_tensor_data(const OrtApi *api, OrtValue *tensor, const void **values) {
    return STATUS(51, (OrtValue *, const void **), (tensor, values));
}

OrtStatus *onnxruntime_tensor_info(const OrtApi *api, const OrtValue *tensor, OrtTensorInfo **info) {
    return STATUS(65, (const OrtValue *, OrtTensorInfo **), (tensor, info));
}

OrtStatus *onnxruntime_tensor_element_type(const OrtApi *api, const OrtTensorInfo *info, int *type) {
    return STATUS(60, (const OrtTensorInfo *, int *), (info, type));
}

OrtStatus *onnxruntime_tensor_rank(const OrtApi *api, const OrtTensorInfo *info, size_t *rank) {
    return STATUS(61, (const OrtTensorInfo *, size_t *), (info, rank));
}

OrtStatus *onnxruntime_tensor_shape(const OrtApi *api, const OrtTensorInfo *info, int64_t *shape, size_t rank) {
    return STATUS(62, (const OrtTensorInfo *, int64_t *, size_t), (info, shape, rank));
}

const char *onnxruntime_status_message(const OrtApi *api, const OrtStatus *status) {
    return CALL(2, const char *, (const OrtStatus *), (status));
}

void onnxruntime_release_status(const OrtApi *api, OrtStatus *status) { RELEASE(93, OrtStatus, status); }
void onnxruntime_release_memory_info(const OrtApi *api, OrtMemoryInfo *info) { RELEASE(94, OrtMemoryInfo, info); }
void onnxruntime_release_session(const OrtApi *api, OrtSession *session) { RELEASE(95, OrtSession, session); }
void onnxruntime_release_value(const OrtApi *api, OrtValue *value) { RELEASE(96, OrtValue, value); }
void onnxruntime_release_tensor_info(const OrtApi *api, OrtTensorInfo *info) { RELEASE(99, OrtTensorInfo, info); }
void onnxruntime_release_session_options(const OrtApi *api, OrtSessionOptions *options) {
    RELEASE(100, OrtSessionOptions, options);
}
