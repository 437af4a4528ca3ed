/*
 * The calls of 1992 about ids, which have 16 bits there. An id that does not fit is shown as 65534
 * ("nobody"); an argument of 65535 means -1, leave it as it is.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uid16.h>
#include <asm/uaccess.h>

long sys_getuid16(void)
{
	return high2lowid(current->uid);
}

long sys_geteuid16(void)
{
	return high2lowid(current->euid);
}

long sys_getgid16(void)
{
	return high2lowid(current->gid);
}

long sys_getegid16(void)
{
	return high2lowid(current->egid);
}

long sys_setuid16(u16 uid)
{
	return sys_setuid(low2highid(uid));
}

long sys_setgid16(u16 gid)
{
	return sys_setgid(low2highid(gid));
}

long sys_setreuid16(u16 ruid, u16 euid)
{
	return sys_setreuid(low2highid(ruid), low2highid(euid));
}

long sys_setregid16(u16 rgid, u16 egid)
{
	return sys_setregid(low2highid(rgid), low2highid(egid));
}

long sys_setresuid16(u16 ruid, u16 euid, u16 suid)
{
	return sys_setresuid(low2highid(ruid), low2highid(euid), low2highid(suid));
}

long sys_setresgid16(u16 rgid, u16 egid, u16 sgid)
{
	return sys_setresgid(low2highid(rgid), low2highid(egid), low2highid(sgid));
}

static int put_ids(u16 __user *r, u16 __user *e, u16 __user *s, uid_t rid, uid_t eid, uid_t sid)
{
	if (put_user(high2lowid(rid), r) || put_user(high2lowid(eid), e) ||
	    put_user(high2lowid(sid), s))
		return -EFAULT;
	return 0;
}

long sys_getresuid16(u16 __user *ruid, u16 __user *euid, u16 __user *suid)
{
	return put_ids(ruid, euid, suid, current->uid, current->euid, current->suid);
}

long sys_getresgid16(u16 __user *rgid, u16 __user *egid, u16 __user *sgid)
{
	return put_ids(rgid, egid, sgid, current->gid, current->egid, current->sgid);
}

long sys_setfsuid16(u16 uid)
{
	return high2lowid(sys_setfsuid(low2highid(uid)));
}

long sys_setfsgid16(u16 gid)
{
	return high2lowid(sys_setfsgid(low2highid(gid)));
}
