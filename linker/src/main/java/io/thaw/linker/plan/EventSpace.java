package io.thaw.linker.plan;

import io.thaw.linker.model.DataFile;

/**
 * What the events of a recording take of an image.
 *
 * @param recordBytes room for events and operations
 * @param data the recording's data
 * @param areas what else operations refer to
 */
record EventSpace(long recordBytes, DataFile data, EventAreas areas) {}
