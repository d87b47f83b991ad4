#include "CPictures.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is used of librsvg, cairo and GLib, as their documentation declares it. The libraries are opened when a picture is wanted, so
   that a program that draws none starts without them, and their headers are not needed to build it. */
typedef struct {
    unsigned int domain;
    int code;
    char *message;
} GError;

typedef struct {
    double x, y, width, height;
} RsvgRectangle;

typedef int (*cairo_write_func_t)(void *closure, const unsigned char *data, unsigned int length);

enum { CAIRO_STATUS_SUCCESS = 0, CAIRO_STATUS_NO_MEMORY = 1, CAIRO_FORMAT_ARGB32 = 0 };

struct library {
    void *(*rsvg_handle_new_from_data)(const unsigned char *data, size_t size, GError **error);
    int (*rsvg_handle_render_document)(void *handle, void *cairo, const RsvgRectangle *viewport, GError **error);
    void (*g_object_unref)(void *object);
    void (*g_error_free)(GError *error);
    void *(*cairo_image_surface_create)(int format, int width, int height);
    void *(*cairo_create)(void *surface);
    int (*cairo_status)(void *cairo);
    const char *(*cairo_status_to_string)(int status);
    int (*cairo_surface_write_to_png_stream)(void *surface, cairo_write_func_t write, void *closure);
    void (*cairo_destroy)(void *cairo);
    void (*cairo_surface_destroy)(void *surface);
};

/* Looks in librsvg and in all that it is linked with. */
static int find(void *handle, const char *name, void *pointer)
{
    void *symbol = dlsym(handle, name);
    memcpy(pointer, &symbol, sizeof symbol);
    return symbol != NULL;
}

static int load(struct library *l)
{
    void *handle = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    return handle != NULL && find(handle, "rsvg_handle_new_from_data", &l->rsvg_handle_new_from_data)
        && find(handle, "rsvg_handle_render_document", &l->rsvg_handle_render_document)
        && find(handle, "g_object_unref", &l->g_object_unref) && find(handle, "g_error_free", &l->g_error_free)
        && find(handle, "cairo_image_surface_create", &l->cairo_image_surface_create)
        && find(handle, "cairo_create", &l->cairo_create) && find(handle, "cairo_status", &l->cairo_status)
        && find(handle, "cairo_status_to_string", &l->cairo_status_to_string)
        && find(handle, "cairo_surface_write_to_png_stream", &l->cairo_surface_write_to_png_stream)
        && find(handle, "cairo_destroy", &l->cairo_destroy)
        && find(handle, "cairo_surface_destroy", &l->cairo_surface_destroy);
}

struct buffer {
    unsigned char *bytes;
    size_t size, capacity;
};

static int append(void *closure, const unsigned char *data, unsigned int length)
{
    struct buffer *buffer = closure;
    if (buffer->size + length > buffer->capacity) {
        size_t capacity = 2 * (buffer->size + length);
        unsigned char *bytes = realloc(buffer->bytes, capacity);
        if (bytes == NULL) return CAIRO_STATUS_NO_MEMORY;
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    memcpy(buffer->bytes + buffer->size, data, length);
    buffer->size += length;
    return CAIRO_STATUS_SUCCESS;
}

static void tell(GError *error, const struct library *l, char *message, size_t size)
{
    snprintf(message, size, "%s", error != NULL && error->message != NULL ? error->message : "no reason is given");
    if (error != NULL) l->g_error_free(error);
}

int nnd_png_from_svg(
    const unsigned char *svg, size_t svg_size, double width, double height, double scale, unsigned char **png, size_t *png_size,
    char *message, size_t message_size)
{
    struct library l;
    if (!load(&l)) {
        const char *reason = dlerror();
        snprintf(message, message_size, "%s", reason != NULL ? reason : "it is older than 2.46");
        return NND_PNG_NO_LIBRARY;
    }
    GError *error = NULL;
    void *handle = l.rsvg_handle_new_from_data(svg, svg_size, &error);
    if (handle == NULL) {
        tell(error, &l, message, message_size);
        return NND_PNG_FAILED;
    }
    void *surface = l.cairo_image_surface_create(
        CAIRO_FORMAT_ARGB32, (int)ceil(width * scale), (int)ceil(height * scale));
    void *cairo = l.cairo_create(surface);
    struct buffer buffer = {NULL, 0, 0};
    RsvgRectangle viewport = {0, 0, ceil(width * scale), ceil(height * scale)};
    int status = l.cairo_status(cairo), drawn = 0;
    if (status == CAIRO_STATUS_SUCCESS) {
        drawn = l.rsvg_handle_render_document(handle, cairo, &viewport, &error);
        if (!drawn) tell(error, &l, message, message_size);
    }
    if (drawn) status = l.cairo_surface_write_to_png_stream(surface, append, &buffer);
    if (status != CAIRO_STATUS_SUCCESS) snprintf(message, message_size, "%s", l.cairo_status_to_string(status));
    l.cairo_destroy(cairo);
    l.cairo_surface_destroy(surface);
    l.g_object_unref(handle);
    if (!drawn || status != CAIRO_STATUS_SUCCESS) {
        free(buffer.bytes);
        return NND_PNG_FAILED;
    }
    *png = buffer.bytes;
    *png_size = buffer.size;
    return NND_PNG_DRAWN;
}

void nnd_png_free(unsigned char *png) { free(png); }
