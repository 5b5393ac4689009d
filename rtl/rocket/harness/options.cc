/* Arguments.
 *
 * State: none.
 */
#include "options.h"

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

static uint64_t number(const char *argument, const char *value, uint64_t least, uint64_t most)
{
	char *end;

	errno = 0;
	uint64_t parsed = strtoull(value, &end, 0);
	if (!isdigit(static_cast<unsigned char>(*value)) || *end || errno || parsed < least || parsed > most)
		throw std::runtime_error(std::string("not a number in range: ") + argument);
	return parsed;
}

Options parse_options(int argc, char **argv)
{
	Options options;
	struct {
		const char *key;
		const char **target;
	} const paths[] = {
		{"image=", &options.image}, {"console=", &options.console}, {"report=", &options.report},
		{"result=", &options.result}, {"trace=", &options.trace},
	};

	for (int i = 1; i < argc; i++) {
		const char *equals = strchr(argv[i], '=');
		std::string key(argv[i], equals ? equals + 1 - argv[i] : 0);
		bool known = false;
		for (auto &path : paths)
			if (key == path.key) {
				*path.target = equals + 1;
				known = true;
			}
		if (key == "limit=") {
			options.limit = number(argv[i], equals + 1, 1, NO_LIMIT - 1);
		} else if (key == "cycles=") {
			options.cycles = number(argv[i], equals + 1, 1, NO_LIMIT - 1);
		} else if (key == "seed=") {
			options.seed = static_cast<uint32_t>(number(argv[i], equals + 1, 1, INT32_MAX));
			options.random = true;
		} else if (!known) {
			throw std::runtime_error(std::string("unknown argument: ") + argv[i]);
		}
	}
	if (!options.image || !options.console || !options.report || !options.result)
		throw std::runtime_error("wanted: image= console= report= result= [trace=] [limit=]"
			" [cycles=] [seed=]");
	return options;
}
