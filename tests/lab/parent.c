/*
 * Runs a command, CRIU, in a group of its own and a session that is this program's, as a
 * shell does, then waits for the process that it restored. Writes both exit statuses.
 */
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int status_of(pid_t pid)
{
	int status;
	if (waitpid(pid, &status, 0) < 0)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	(void)argc;
	setsid();
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	pid_t command = fork();
	if (command == 0) {
		setpgid(0, 0);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	int restore = status_of(command);
	printf("job: criu restore ended with status %d\n", restore);
	if (restore == 0)
		printf("job: the program ended with status %d\n", status_of(-1));
	return 0;
}
